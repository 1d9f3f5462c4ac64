/** Questions about the past of the net: its versions, old grids beside new ones, and where a code went. */
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { API, ask } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type NetVersion = Schemas['NetVersionRow']
export type ConcordanceRow = Schemas['ConcordanceRowOut']
export type FoundCode = Schemas['CodeOut']
export type Stage = Schemas['StageOut']
export type Link = Schemas['LinkOut']

export type NetDocument = FeatureCollection<Polygon | MultiPolygon, { code: string; name: string; kind: string; community_code: string }>

/** Two moments and perhaps one community. */
export interface Span {
  since: string
  until: string
  community: string | null
}

const asked = ({ since, until, community }: Span): Record<string, string | null> => ({ since, until, community })

export const netVersions = (): Promise<{ items: NetVersion[] }> => ask('/net-versions')

export const concordance = (span: Span): Promise<{ items: ConcordanceRow[] }> => ask('/concordance', { query: asked(span) })

export const compared = (span: Span): Promise<{ old: NetDocument; new: NetDocument }> => ask('/compare', { query: asked(span) })

export const findCodes = (search: string, community: string | null): Promise<{ items: FoundCode[] }> =>
  ask('/grid-codes', { query: { search, community } })

export const lifeOf = (code: string): Promise<{ code: string; stages: Stage[] }> => ask(`/grids/${encodeURIComponent(code)}/life`)

/** Where a table of the same is fetched as a file. */
export function fileOf(what: 'concordance.csv' | 'concordance.xlsx' | 'compare/handover.xlsx', span: Span): string {
  const query = Object.entries(asked(span)).flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : []))
  return `${API}/${what}?${query.join('&')}`
}
