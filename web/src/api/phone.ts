/** What a phone fetches for work without signal, and how what was logged goes out. */
import { ask } from './client'
import type { components } from './schema'
import type { NewVisit } from './wire'

type Schemas = components['schemas']
export type Sync = Schemas['SyncOut']
export type Duties = Schemas['TodaysListOut']
export type CareDuty = Schemas['CareDutyOut']
export type GridDuty = Schemas['gridsvc__api__duties__DutyOut']
export type SyncGrid = Schemas['SyncGrid']
export type BatchItem = Schemas['ItemOut']
export type OwnCase = Schemas['MyCase']

export const MOST_VISITS = 50
export const LARGEST_PHOTO = 8 * 1024 * 1024

export const sync = (cursor: string | null): Promise<Sync> => ask('/sync', { query: { cursor } })

export const sendVisits = (visits: NewVisit[]): Promise<{ items: BatchItem[] }> => ask('/visits/batch', { method: 'POST', body: { visits } })

export const sendPhoto = (photo: Blob): Promise<{ hash: string }> => ask('/photos', { method: 'POST', file: photo })

/** Incidents that one took on, and those of the own grids that wait for somebody. */
export const ownCases = (): Promise<OwnCase[]> => ask('/me/cases', { query: { with_untaken: 'true' } })

export const acceptCase = (id: string): Promise<unknown> => ask(`/incidents/${encodeURIComponent(id)}/accept`, { method: 'POST' })
