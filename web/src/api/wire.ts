/** The shapes that travel over /api/v1, under the names the pages use; all of them are those of the generated schema. */
import type { FeatureCollection, LineString, MultiLineString, MultiPolygon, Point, Polygon } from 'geojson'
import type { components } from './schema'

type Schemas = components['schemas']
/** A shape whose fields the contract describes as text, with the words that the pages tell apart. */
type With<Shape, Words> = Omit<Shape, keyof Words> & Words

export type StatusColumns = Schemas['StatusColumns']
export type Patrol = StatusColumns['patrol'][number]
export type Staffing = StatusColumns['staffing'][number]
export type Named = Schemas['UnitOut']
export type Session = Schemas['SessionOut']

export type GridProperties = Schemas['GridProperties']
export type AreaProperties = Schemas['AreaProperties']
export type LineProperties = Schemas['LineProperties']
export type BlockProperties = Schemas['BlockProperties']

export type GridDocument = FeatureCollection<Polygon | MultiPolygon, GridProperties>
export type AreaDocument = FeatureCollection<Polygon | MultiPolygon, AreaProperties>
export type LineDocument = FeatureCollection<LineString | MultiLineString | Polygon | MultiPolygon, LineProperties>
export type BlockDocument = FeatureCollection<Polygon | MultiPolygon, BlockProperties>
export type PointDocument = FeatureCollection<Point>

export type View = Schemas['ViewOut']
export type Headline = With<
  Schemas['HeadlineOut'],
  { patrol: Partial<Record<Patrol, number>>; staffing: Partial<Record<Staffing, number>> }
>
export type Status = With<Schemas['StatusDocument'], { headline: Headline }>
export type IncidentPoints = Schemas['PointsOut']
export type Person = Schemas['PersonOut']
export type GridCard = Schemas['CardOut']
export type SearchHit = Schemas['SearchItem']
export type IncidentRow = Schemas['IncidentOut']
export type Catalogue = Schemas['CatalogueOut']
export type CatalogueEntry = Schemas['Entry']

export type VisitKind = Schemas['VisitKindOut']
export type NewVisit = Partial<Schemas['VisitIn']> &
  Required<Pick<Schemas['VisitIn'], 'kind' | 'result'>> & { client_id: string; occurred_at: string }
export type VisitResult = Schemas['VisitIn']['result']
export type OwnGrid = With<Schemas['MyGrid'], { role: 'main' | 'backup' | 'cover'; patrol: Patrol }>
export type OwnVisit = With<Schemas['MyVisit'], { result: VisitResult }>
export type Door = Schemas['DoorOut']

export interface Page<T> {
  items: T[]
  next_cursor: string | null
}
