/** Every question and request of the pages, by name. */
import { ask } from './client'
import type {
  AreaDocument,
  BlockDocument,
  Catalogue,
  Door,
  GridCard,
  GridDocument,
  IncidentPoints,
  IncidentRow,
  LineDocument,
  OwnGrid,
  OwnVisit,
  Page,
  SearchHit,
  Session,
  Status,
  View,
  VisitKind,
} from './wire'

/** A moment to ask about: ISO text, or null for now. */
export type AsOf = string | null

export const session = (): Promise<Session> => ask('/session')

export const logIn = (username: string, password: string): Promise<Session> =>
  ask('/session', { method: 'POST', body: { username, password } })

export const changePassword = (old_password: string, new_password: string): Promise<null> =>
  ask('/session/password', { method: 'POST', body: { old_password, new_password } })

export const logOut = (): Promise<null> => ask('/session', { method: 'DELETE' })

export const view = (asOf: AsOf): Promise<View> => ask('/view', { query: { as_of: asOf } })

export const status = (asOf: AsOf): Promise<Status> => ask('/status', { query: { as_of: asOf } })

export const gridDocument = (path: string): Promise<GridDocument> => ask(path)

export const areaDocument = (path: string): Promise<AreaDocument> => ask(path)

export const lineDocument = (path: string): Promise<LineDocument> => ask(path)

export const blocks = (bbox: string, signal: AbortSignal): Promise<BlockDocument> =>
  ask('/blocks', { query: { bbox }, signal })

export const incidentPoints = (asOf: AsOf): Promise<IncidentPoints> =>
  ask('/incidents/points', { query: { as_of: asOf } })

export const incidents = (state: string, cursor: string | null): Promise<Page<IncidentRow>> =>
  ask('/incidents', { query: { state, cursor, limit: 50 } })

export const gridCard = (code: string, asOf: AsOf, signal: AbortSignal): Promise<GridCard> =>
  ask(`/grids/${encodeURIComponent(code)}`, { query: { as_of: asOf }, signal })

export const search = (q: string, signal: AbortSignal): Promise<{ items: SearchHit[] }> =>
  ask('/search', { query: { q, limit: 20 }, signal })

export const doors = (code: string, q: string, signal: AbortSignal): Promise<Page<Door>> =>
  ask(`/grids/${encodeURIComponent(code)}/doors`, { query: { q, limit: 20 }, signal })

export const catalogue = (): Promise<Catalogue> => ask('/catalogue')

export const visitKinds = (): Promise<{ items: VisitKind[] }> => ask('/visit-kinds')

export const ownGrids = (): Promise<{ items: OwnGrid[] }> => ask('/me/grids')

export const ownVisits = (): Promise<{ items: OwnVisit[] }> => ask('/me/visits', { query: { limit: 50 } })
