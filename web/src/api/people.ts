/** Every question and request of the page of people, and of the hand-overs on the phone, by name. */
import { ask } from './client'
import type { components } from './schema'
import type { Page } from './wire'

type Schemas = components['schemas']
export type Quota = Schemas['QuotaOut']
export type Post = Schemas['PostOut']
export type PostPage = Page<Post> & { total: Quota }
export type WorkerDetail = Schemas['WorkerDetail']
export type Worker = Omit<WorkerDetail, 'functions' | 'held' | 'leaves' | 'notes'>
export type Leave = Schemas['LeaveOut']
export type Breach = Schemas['BreachOut']
export type Breaches = Schemas['BreachesOut']
export type Handover = Schemas['HandoverOut']
export type HandoverDetail = Schemas['HandoverDetail']
export type HandoverItem = Schemas['OpenItemOut']
export type OpenWork = Schemas['OpenWorkOut']
export type Move = Schemas['MoveOut']
export type MovePreview = Schemas['MovePreview']
export type PeopleImport = Schemas['PeopleImport']
export type Policy = Schemas['PolicyOut']
export type ImportKind = PeopleImport['kind']

const MOST = 100
const to = (part: string, id: string): string => `/${part}/${encodeURIComponent(id)}`

export const quotas = (area: string | null): Promise<Quota[]> => ask('/posts/quota', { query: { area, by: 'community' } })

export const posts = (area: string | null, vacant: string | null, cursor: string | null): Promise<PostPage> =>
  ask('/posts', { query: { area, vacant, cursor, limit: MOST } })

export const workers = (area: string | null, q: string, cursor: string | null): Promise<Page<Worker>> =>
  ask('/workers', { query: { area, q, cursor, limit: MOST } })

export const worker = (id: string): Promise<WorkerDetail> => ask(to('workers', id))

export const openWork = (id: string): Promise<OpenWork> => ask(`${to('workers', id)}/open-work`)

export const leaves = (area: string | null, month: string, cursor: string | null): Promise<Page<Leave>> =>
  ask('/leaves', { query: { area, month, cursor, limit: 200 } })

export const decideLeave = (id: string, verb: 'approve' | 'refuse', body: object): Promise<Leave> =>
  ask(`${to('leaves', id)}/${verb}`, { method: 'POST', body })

/** Null: the backups cover again. */
export const coverLeave = (id: string, cover_worker_id: string | null): Promise<Leave> => ask(`${to('leaves', id)}/cover`, { method: 'PUT', body: { cover_worker_id } })

export const cancelLeave = (id: string): Promise<Leave> => ask(`${to('leaves', id)}/cancel`, { method: 'POST', body: {} })

export const takeOn = (body: Omit<Schemas['WorkerIn'], 'synthetic'>): Promise<WorkerDetail> => ask('/workers', { method: 'POST', body })

export const changeWorker = (one: WorkerDetail, body: Schemas['WorkerChange']): Promise<WorkerDetail> =>
  ask(to('workers', one.id), { method: 'PATCH', body, ifMatch: one.revision })

export const leaveService = (one: WorkerDetail, at: string, as_vacancies: boolean): Promise<unknown> =>
  ask(`${to('workers', one.id)}/leave-service`, { method: 'POST', body: { at, as_vacancies }, ifMatch: one.revision })

export const fillPost = (number: string, body: Schemas['FillingIn']): Promise<unknown> => ask(`${to('posts', number)}/worker`, { method: 'PUT', body })

export const authorisePost = (body: Schemas['PostIn']): Promise<unknown> => ask('/posts', { method: 'POST', body })

export const giveGrid = (body: Omit<Schemas['gridsvc__api__responsibilities__ChangeIn'], 'replace_later'>): Promise<unknown> => ask('/responsibilities', { method: 'POST', body })

export const nameTaker = (id: string, to_worker_id: string): Promise<HandoverDetail> => ask(`${to('handovers', id)}/taker`, { method: 'PUT', body: { to_worker_id } })

export const breaches = (area: string | null): Promise<Breaches> => ask('/norms/breaches', { query: { area } })

export const handovers = (state: string | null, cursor: string | null): Promise<Page<Handover>> =>
  ask('/handovers', { query: { state, cursor, limit: MOST } })

export const handover = (id: string): Promise<HandoverDetail> => ask(to('handovers', id))

export const confirmHandover = (id: string, verb: 'give' | 'take' | 'cancel'): Promise<HandoverDetail> =>
  ask(`${to('handovers', id)}/${verb}`, { method: 'POST' })

export const handoverSheet = (id: string): string => `/api/v1${to('handovers', id)}/list.xlsx`

export interface MoveWish {
  from_worker_id: string
  to_worker_id: string
  grid_codes: string[]
  effective_at: string
  reason: string
}

export const previewMove = (wish: MoveWish): Promise<MovePreview> => ask('/moves', { method: 'POST', body: wish })

export const move = (id: string): Promise<Move> => ask(to('moves', id))

export const actOnMove = (id: string, verb: 'run' | 'undo'): Promise<Move> => ask(`${to('moves', id)}/${verb}`, { method: 'POST' })

export function importPeople(kind: ImportKind, file: File, isTrial: boolean): Promise<PeopleImport> {
  const form = new FormData()
  form.append('file', file)
  return ask('/people/import', { method: 'POST', form, query: { kind, dry_run: String(isTrial) } })
}

export const peopleSheet = (kind: ImportKind): string => `/api/v1/people/export.xlsx?kind=${kind}`

export const policy = (): Promise<Policy> => ask('/policy')

export const ownHandovers = (): Promise<Handover[]> => ask('/me/handovers')

export const ownLeaves = (): Promise<Page<Leave>> => ask('/me/leaves')

export interface LeaveWish {
  worker_id?: string
  since: string
  until: string
  reason: string
  cover_worker_id?: string | null
}

export const requestLeave = (body: LeaveWish, key: string): Promise<Leave> =>
  ask('/leaves', { method: 'POST', body, idempotencyKey: key })

export const withdrawLeave = (id: string): Promise<Leave> => ask(`/me${to('leaves', id)}/withdraw`, { method: 'POST' })
