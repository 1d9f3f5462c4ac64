/** What the visit page knows: own grids, kinds of visit, what was logged and what still waits on the phone. */
import { computed, reactive, shallowRef } from 'vue'
import { goToLogin, isUnauthenticated, Unreachable } from '../../api/client'
import { discard, hold, keep, kept, sendWaiting, waitingOf, type WaitingVisit } from '../../api/outbox'
import * as api from '../../api/resources'
import type { OwnGrid, OwnVisit, Session, VisitKind } from '../../api/wire'
import { isSameDay } from '../../model/moments'

export const page = reactive({
  phase: 'loading' as 'loading' | 'ready' | 'unreachable' | 'not_worker',
  tab: 'grids' as 'grids' | 'today',
  grid: null as OwnGrid | null,
  isOffline: false,
  isSending: false,
  needsLogin: false,
  toast: '',
})

export const session = shallowRef<Session | null>(null)
export const grids = shallowRef<OwnGrid[]>([])
export const kinds = shallowRef<VisitKind[]>([])
export const visits = shallowRef<OwnVisit[]>([])
export const waiting = shallowRef<WaitingVisit[]>([])

export const zone = computed(() => session.value?.city_timezone ?? 'Asia/Shanghai')
export const unsent = computed(() => waiting.value.filter((entry) => entry.refused === null))
export const refused = computed(() => waiting.value.filter((entry) => entry.refused !== null))
export const today = computed(() => visits.value.filter((visit) => isSameDay(new Date(visit.occurred_at), new Date(), zone.value)))

interface Remembered {
  session: Session
  grids: OwnGrid[]
  kinds: VisitKind[]
}

const REMEMBERED = 'visit-page'

export async function open(): Promise<void> {
  try {
    session.value = await api.session()
    if (!session.value.account.worker) return void (page.phase = 'not_worker')
    const [own, list] = await Promise.all([api.ownGrids(), api.visitKinds()])
    grids.value = own.items
    kinds.value = list.items
    await remember()
    page.isOffline = false
    page.needsLogin = false
    page.phase = 'ready'
    await refreshVisits()
  } catch (fault) {
    if (isUnauthenticated(fault)) return goToLogin()
    if (!(fault instanceof Unreachable)) throw fault
    await openFromMemory()
  }
  await readWaiting()
  await send()
}

async function remember(): Promise<void> {
  if (session.value) await keep(REMEMBERED, { session: session.value, grids: grids.value, kinds: kinds.value } satisfies Remembered)
}

async function openFromMemory(): Promise<void> {
  page.isOffline = true
  const remembered = await kept<Remembered>(REMEMBERED)
  if (!remembered) return void (page.phase = 'unreachable')
  session.value = remembered.session
  grids.value = remembered.grids
  kinds.value = remembered.kinds
  page.phase = 'ready'
}

async function refreshVisits(): Promise<void> {
  const [own, logged] = await Promise.all([api.ownGrids(), api.ownVisits()])
  grids.value = own.items
  visits.value = logged.items
}

async function readWaiting(): Promise<void> {
  if (session.value) waiting.value = await waitingOf(session.value.account.username)
}

/** Keeps a visit on the phone; resolves when it is safe there, whether or not the server can be reached. */
export async function log(entry: Omit<WaitingVisit, 'account' | 'created_at' | 'refused'>): Promise<void> {
  const account = session.value?.account.username ?? ''
  await hold({ ...entry, account, created_at: Date.now(), refused: null })
  await readWaiting()
}

/** Sends what waits; called after each visit, when the network is back, and on a press. */
export async function send(): Promise<void> {
  const account = session.value?.account.username
  if (!account || page.isSending || unsent.value.length === 0) return
  page.isSending = true
  try {
    const outcome = await sendWaiting(account)
    page.isOffline = outcome === 'unreachable'
    page.needsLogin = outcome === 'login_needed'
    if (outcome === 'all_sent') await refreshVisits()
  } catch (fault) {
    if (!(fault instanceof Unreachable)) throw fault
    page.isOffline = true
  } finally {
    page.isSending = false
    await readWaiting()
  }
}

export async function drop(entry: WaitingVisit): Promise<void> {
  await discard(entry.client_id)
  await readWaiting()
}

export async function restore(entry: WaitingVisit): Promise<void> {
  await hold(entry)
  await readWaiting()
}
