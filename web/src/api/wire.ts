/** The shapes that travel over /api/v1, as the pages use them. */
import type { FeatureCollection, LineString, MultiLineString, MultiPolygon, Point, Polygon } from 'geojson'

export type Patrol = 'on_time' | 'due_soon' | 'overdue' | 'never' | 'unknown'
export type Staffing = 'main_backup' | 'main_only' | 'covered' | 'vacant' | 'uncovered'

export interface Named {
  code: string
  name: string
}

export interface Session {
  account: {
    username: string
    display_name: string
    roles: string[]
    permissions: string[]
    worker: { id: string; name: string } | null
  }
  city_timezone: string
  locale: string
}

export interface GridProperties extends Named {
  kind: 'basic' | 'dedicated'
  community_code: string
}

export interface AreaProperties extends Named {
  level: number
  kind: string
  parent_code: string | null
  synthetic: boolean
  has_grids: boolean
  pilot: boolean
  households: number | null
  population: number | null
}

export interface LineProperties {
  class: 'river' | 'ring' | 'arterial' | 'collector' | 'local'
  name?: string | null
}

export interface BlockProperties {
  code: string
  community_code: string
  households: number | null
  population: number | null
}

export type GridDocument = FeatureCollection<Polygon | MultiPolygon, GridProperties>
export type AreaDocument = FeatureCollection<Polygon | MultiPolygon, AreaProperties>
export type LineDocument = FeatureCollection<LineString | MultiLineString | Polygon | MultiPolygon, LineProperties>
export type BlockDocument = FeatureCollection<Polygon | MultiPolygon, BlockProperties>
export type PointDocument = FeatureCollection<Point>

export interface View {
  city: Named | null
  moment: string
  net_version: { id: string; number: number; effective_at: string; published_at: string } | null
  /** Without a net there is no document of grids. */
  documents: { grids: string | null; areas: string; backdrop: string }
  settings: {
    tile_url: string | null
    visit_cycle_days: number
    due_soon_share: number
    border_band_m: number
    city_timezone: string
  }
  omitted: { code: string; name: string; reason: string }[]
  synthetic: boolean
}

export interface StatusColumns {
  code: string[]
  staffing: Staffing[]
  patrol: Patrol[]
  last_visit: (number | null)[]
  open_incidents: number[]
  worker: (number | null)[]
}

export interface Headline {
  coverage: { visited: number; doors: number; from: string; to: string; register_date: string }
  patrol: Partial<Record<Patrol, number>>
  staffing: Partial<Record<Staffing, number>>
  overdue: { grids: number; of: number }
  open_incidents: { count: number; unlocated: number; outside: number }
  vacancies: { grids: number; of: number }
  posts: { quota: number; filled: number; vacant: number }
  pilot: { communities: number; of: number }
}

export interface Status {
  as_of: string
  net_version: string | null
  grids: StatusColumns
  workers: string[]
  headline: Headline
  trend: { visits: number[]; incidents: number[] }
}

export interface IncidentPoints {
  id: string[]
  number: (string | number)[]
  x: number[]
  y: number[]
  category: string[]
  state: string[]
  received_at: number[]
}

export interface Person {
  id: string
  name: string
  phone?: string | null
  on_leave_until?: string | null
}

export interface GridCard extends Named {
  kind: 'basic' | 'dedicated'
  valid_from: string
  valid_to: string | null
  community: Named
  street: Named | null
  district: Named | null
  pilot: boolean
  counts: Record<string, number>
  area_m2: number
  main: Person | null
  vacancy: { since: string } | null
  backup: Person | null
  answers: { id: string; name: string; role: 'main' | 'backup' | 'cover' } | null
  until: string | null
  status: { patrol: Patrol; staffing: Staffing; last_visit: string | null; due_at: string | null; reason: string | null }
  visits: { id: string; occurred_at: string; worker: string | null; kind: string; result: string; door: string | null }[]
  incidents: { id: string; number: string | number; category: string; received_at: string; state: string }[]
  open_incidents: number
  history: { code: string; valid_from: string; valid_to: string | null; net_version: number | string | null }[]
}

export interface SearchHit {
  kind: 'grid' | 'area' | 'worker'
  code: string
  label: string
  detail: string
  grid_codes: string[]
  bbox: [number, number, number, number] | null
}

export interface IncidentRow {
  id: string
  number: string | number
  channel: string
  category: string
  description: string | null
  address: string | null
  state: string
  occurred_at: string
  received_at: string
  grid_code: string | null
}

export interface VisitKind {
  key: string
  group: 'service' | 'patrol'
  name: Record<string, string>
}

export type VisitResult = 'done' | 'nobody_home' | 'refused'

export interface OwnGrid extends Named {
  role: 'main' | 'backup' | 'cover'
  patrol: Patrol
  last_visit: string | null
  households: number | null
  community: Named
  bbox: [number, number, number, number] | null
}

export interface OwnVisit {
  id: string
  occurred_at: string
  grid_code: string | null
  kind: string
  result: VisitResult
  door: string | null
  note: string | null
}

export interface Door {
  code: string
  address: string
}

export interface NewVisit {
  client_id: string
  kind: string
  grid_code: string
  door_code?: string
  x?: number
  y?: number
  crs?: string
  accuracy_m?: number
  occurred_at: string
  result: VisitResult
  note?: string
}

export interface Page<T> {
  items: T[]
  next: string | null
}
