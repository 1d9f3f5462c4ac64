/** The planner's questions and requests, and the shapes they travel in. */
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { API, ask } from './client'
import type { components } from './schema'
import type { Page } from './wire'

type Schemas = components['schemas']

export type Plan = Schemas['PlanOut']
export type PlanItem = Schemas['PlanItem']
export type PlanStatus = Plan['status']
export type Consequences = Schemas['ConsequencesOut']
export type GridFigures = Schemas['GridFiguresOut']
export type WorkerFigures = Schemas['WorkerFiguresOut']
export type Finding = Schemas['FindingOut']
export type Findings = Schemas['FindingsOut']
export type Done = Schemas['DoneOut']
export type Published = Schemas['PublishedOut']
export type Carried = Schemas['CarriedOut']
export type Division = Omit<Schemas['DivisionOut'], 'grids'> & { grids: DraftDocument }
export type DivisionWish = Partial<Schemas['DivisionIn']>

export interface DraftProperties {
  key: string
  name: string
  kind: 'basic' | 'dedicated'
  code: string | null
  drawn_from: string | null
  decided: boolean
  fresh_code: boolean
}
export type DraftDocument = FeatureCollection<Polygon | MultiPolygon, DraftProperties>
export type DraftFeature = DraftDocument['features'][number]

export interface PlanBlockProperties {
  code: string
  name: string | null
  households?: number
}
export type PlanBlocks = FeatureCollection<Polygon | MultiPolygon, PlanBlockProperties>

export type Drawing = Omit<Schemas['DrawingOut'], 'grids' | 'today' | 'outline'> & {
  grids: DraftDocument
  today: DraftDocument
  outline: Polygon | MultiPolygon
}
export type Outcome = Omit<Schemas['OutcomeOut'], 'changed'> & { changed: DraftDocument }

type Line = { type: 'LineString'; coordinates: number[][] }
type Area = { type: 'Polygon'; coordinates: number[][][] }
type Place = [number, number]

/** What can be asked for on a drawing; the same list as in `gridsvc.plans.asked`. */
export type Operation =
  | { kind: 'split'; key: string; line: Line }
  | { kind: 'merge'; keys: string[]; into?: string | null }
  | { kind: 'move_border'; left: string; right: string; line: Line }
  | { kind: 'move_vertices'; moves: { place: Place; to: Place | null }[] }
  | { kind: 'reassign_blocks'; block_ids: string[]; key: string }
  | { kind: 'carve'; area?: Area; block_ids?: string[]; grid_kind?: 'basic' | 'dedicated'; name?: string }
  | { kind: 'shift'; source: string; target: string; area: Area }
  | { kind: 'renumber'; keys: string[] }
  | { kind: 'describe'; key: string; name?: string; grid_kind?: 'basic' | 'dedicated'; code?: string | null }
  | { kind: 'decide'; key: string; goes_on_as: string | null }
  | { kind: 'divide'; grids: string[][] }

const at = (id: string, rest = ''): string => `/plans/${encodeURIComponent(id)}${rest}`
const within = (id: string, community: string, rest = ''): string => at(id, `/communities/${community}${rest}`)

export const plans = (cursor: string | null): Promise<Page<PlanItem>> => ask('/plans', { query: { cursor, limit: 50 } })

export const plan = (id: string): Promise<Plan> => ask(at(id))

export const openPlan = (wanted: { title: string; reason: string; communities: string[] }, idempotencyKey: string): Promise<Plan> =>
  ask('/plans', { method: 'POST', body: wanted, idempotencyKey })

export const editPlan = (id: string, wanted: object, ifMatch: number): Promise<Plan> =>
  ask(at(id), { method: 'PATCH', body: wanted, ifMatch })

export const drawing = (id: string, community: string): Promise<Drawing> => ask(within(id, community))

export const blocksOf = (id: string, community: string): Promise<PlanBlocks> => ask(within(id, community, '/blocks'))

interface Operating {
  ifMatch: number
  preview?: boolean
  confirmed?: boolean
  signal?: AbortSignal
}

export const operate = (id: string, community: string, operation: Operation, how: Operating): Promise<Outcome> =>
  ask(within(id, community, '/operations'), {
    method: 'POST',
    body: { operation, confirmed: how.confirmed ?? false },
    query: { preview: how.preview ? 'true' : null },
    ifMatch: how.ifMatch,
    ...(how.signal ? { signal: how.signal } : {}),
  })

export const undo = (id: string, ifMatch: number): Promise<Outcome> => ask(at(id, '/undo'), { method: 'POST', ifMatch })

export const redo = (id: string, ifMatch: number): Promise<Outcome> => ask(at(id, '/redo'), { method: 'POST', ifMatch })

export const findings = (id: string): Promise<Findings> => ask(at(id, '/findings'))

export const operations = (id: string): Promise<{ items: Done[] }> => ask(at(id, '/operations'))

export const divide = (id: string, community: string, wish: DivisionWish, signal: AbortSignal): Promise<Division> =>
  ask(within(id, community, '/division'), { method: 'POST', body: wish, signal })

/** What somebody may decide about a plan without words, or with them. */
export type Step = 'submit' | 'approve' | 'send-back' | 'take-back' | 'discard' | 'withdraw'

export const step = (id: string, name: Step, ifMatch: number, comment?: string): Promise<Plan> => {
  const body = name === 'approve' || name === 'send-back' ? { comment: comment || null } : undefined
  return ask(at(id, `/${name}`), { method: 'POST', ifMatch, ...(body ? { body } : {}) })
}

export const publish = (id: string, effective_at: string | null, ifMatch: number): Promise<Published> =>
  ask(at(id, '/publish'), { method: 'POST', body: { effective_at }, ifMatch })

export const revert = (id: string, idempotencyKey: string): Promise<Plan> => ask(at(id, '/revert'), { method: 'POST', idempotencyKey })

/** What became of a draft when it was drawn anew on the net of now. */
export type Rebased = Schemas['RebasedOut']
export type LeftOut = Schemas['LeftOutOut']
export type Handover = Schemas['PlanHandoverOut']

export const handover = (id: string): Promise<Handover> => ask(at(id, '/handover'))

export const handoverFile = (id: string): string => `${API}${at(id, '/handover.xlsx')}`

export const rebase = (id: string, ifMatch: number): Promise<Rebased> => ask(at(id, '/rebase'), { method: 'POST', ifMatch })

export const carryOver = (id: string): Promise<{ items: Carried[] }> => ask(at(id, '/carry-over'))

export const confirmCarried = (id: string, grid: string, worker_id: string | null): Promise<{ items: Carried[] }> =>
  ask(at(id, `/carry-over/${grid}/confirm`), { method: 'POST', body: { worker_id } })
