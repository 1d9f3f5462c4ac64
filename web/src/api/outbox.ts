/** Visits that this device holds until the server has them: written before anything is promised on the screen. */
import Dexie, { type EntityTable } from 'dexie'
import { RequestRefused, Unreachable } from './client'
import { MOST_VISITS, sendPhoto, sendVisits, type BatchItem } from './phone'
import type { NewVisit } from './wire'

export interface WaitingVisit {
  client_id: string
  /** Whose visit it is; it is only ever sent under this login. */
  account: string
  visit: NewVisit
  /** Photos that the server has not got yet. */
  photos?: Blob[]
  /** What the list shows until the server's own record takes its place. */
  title: string
  created_at: number
  /** Why the server will not take it; null while it waits. */
  refused: string | null
  /** The same by its codes, for words in the language of the page. */
  codes?: string[]
}

interface Kept {
  key: string
  value: unknown
}

type Store = Dexie & { waiting: EntityTable<WaitingVisit, 'client_id'>; kept: EntityTable<Kept, 'key'> }

function open(): Store {
  // Strict: a write counts only when it is on the disk, since the paper form is thrown away after it.
  const store = new Dexie('gridsvc', { chromeTransactionDurability: 'strict' }) as Store
  store.version(1).stores({ waiting: 'client_id, account, created_at', kept: 'key' })
  return store
}

const store = open()

export type Outcome = 'all_sent' | 'unreachable' | 'login_needed'

export async function hold(entry: WaitingVisit): Promise<void> {
  await store.waiting.put(entry)
}

export async function discard(clientId: string): Promise<void> {
  await store.waiting.delete(clientId)
}

/** What this account still has on the device, oldest first. */
export function waitingOf(account: string): Promise<WaitingVisit[]> {
  return store.waiting.where('account').equals(account).sortBy('created_at')
}

/**
 * Sends what waits, oldest first and many at once, and removes each only after the server's answer to it. What is
 * refused is marked and lets the others go; a network or a server that is away ends the round and keeps everything.
 */
export async function sendWaiting(account: string): Promise<Outcome> {
  const unsent = (await waitingOf(account)).filter((entry) => entry.refused === null)
  for (let start = 0; start < unsent.length; start += MOST_VISITS) {
    const ended = await sendTogether(unsent.slice(start, start + MOST_VISITS))
    if (ended) return ended
  }
  return 'all_sent'
}

/** One message of several visits; when the server does not take it as a whole, each goes alone, to find the wrong one. */
async function sendTogether(entries: WaitingVisit[]): Promise<Outcome | null> {
  try {
    const ready: NewVisit[] = []
    for (const entry of entries) ready.push(await withPhotos(entry))
    const { items } = await sendVisits(ready)
    await Promise.all(items.map(settleItem))
    return null
  } catch (fault) {
    const ended = endOf(fault)
    if (ended) return ended
    if (entries.length === 1) return markRefused(entries[0]!, fault as RequestRefused)
    for (const entry of entries) {
      const alone = await sendTogether([entry])
      if (alone) return alone
    }
    return null
  }
}

/** The visit with the names under which the server keeps its photos; the same photo sent again has the same name. */
async function withPhotos(entry: WaitingVisit): Promise<NewVisit> {
  if (!entry.photos?.length) return entry.visit
  const photos: string[] = []
  try {
    for (const photo of entry.photos) photos.push((await sendPhoto(photo)).hash)
  } catch (fault) {
    // The city takes no photos any more; the visit counts without them.
    if (fault instanceof RequestRefused && fault.code === 'not_done_here') return entry.visit
    throw fault
  }
  return { ...entry.visit, photos }
}

async function settleItem(item: BatchItem): Promise<void> {
  if (item.status !== 'refused') return discard(item.client_id)
  const said = item.faults.map((fault) => fault.message).join('; ')
  await store.waiting.update(item.client_id, { refused: said || item.detail || item.code || item.status, codes: codesOf(item.faults, item.code || item.status) })
}

const codesOf = (faults: readonly { code: string }[] = [], whole: string): string[] =>
  faults.length > 0 ? faults.map(({ code }) => code) : [whole]

async function markRefused(entry: WaitingVisit, fault: RequestRefused): Promise<null> {
  await store.waiting.update(entry.client_id, { refused: fault.detail || fault.code, codes: codesOf(fault.problem.faults, fault.code) })
  return null
}

/** How a fault ends the round; null when it is about what was sent. */
function endOf(fault: unknown): Outcome | null {
  if (fault instanceof Unreachable) return 'unreachable'
  if (!(fault instanceof RequestRefused)) throw fault
  if (fault.status === 401) return 'login_needed'
  return fault.status >= 500 || fault.status === 429 || fault.status === 408 ? 'unreachable' : null
}

/** Remembers an answer, so that the page has something to show without a network. */
export async function keep(key: string, value: unknown): Promise<void> {
  await store.kept.put({ key, value })
}

export async function kept<T>(key: string): Promise<T | null> {
  return ((await store.kept.get(key))?.value as T | undefined) ?? null
}

/** Forgets all remembered answers, which tell of people. Visits that wait stay: they are nowhere else. */
export async function forget(): Promise<void> {
  await store.kept.clear()
}

/** A random UUID; browsers offer their own only on secure pages. */
export function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
