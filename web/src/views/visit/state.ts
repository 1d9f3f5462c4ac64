/** What the phone page knows: what is due, own grids, kinds of visit, what was logged and what waits on the phone. */
import { computed, reactive, shallowRef } from 'vue'
import { goToLogin, isUnauthenticated, RequestRefused, Unreachable } from '../../api/client'
import { discard, forget, hold, keep, kept, sendWaiting, waitingOf, type WaitingVisit } from '../../api/outbox'
import { isLogoutOwed, oweLogout, settleLogout } from '../../api/owed'
import * as people from '../../api/people'
import * as phone from '../../api/phone'
import * as api from '../../api/resources'
import type { Catalogue, OwnGrid, OwnVisit, Session, VisitKind } from '../../api/wire'
import { learn } from '../../i18n/current'
import { isSameDay } from '../../model/moments'
import type { Place } from '../../model/nearby'

export type Tab = 'today' | 'grids' | 'report' | 'me'

/** What the open form is about: a grid, a person to be visited, or something that was found. */
export interface Target {
  key: string
  grid: OwnGrid | null
  gridCode: string | null
  title: string
  about: string
  subjectId: string | null
}

export const page = reactive({
  phase: 'loading' as 'loading' | 'ready' | 'unreachable' | 'not_worker' | 'left',
  tab: 'today' as Tab,
  target: null as Target | null,
  isOffline: false,
  isSending: false,
  needsLogin: false,
  toast: '',
})

export const session = shallowRef<Session | null>(null)
export const grids = shallowRef<OwnGrid[]>([])
export const kinds = shallowRef<VisitKind[]>([])
export const duties = shallowRef<phone.Duties | null>(null)
export const synced = shallowRef<Record<string, phone.SyncGrid>>({})
export const catalogue = shallowRef<Catalogue | null>(null)
export const policy = shallowRef<people.Policy | null>(null)
/** Where the phone is; only while distances are shown, and never sent. */
export const here = shallowRef<Place | null>(null)
export const visits = shallowRef<OwnVisit[]>([])
export const waiting = shallowRef<WaitingVisit[]>([])

export const zone = computed(() => session.value?.city_timezone ?? 'Asia/Shanghai')
export const unsent = computed(() => waiting.value.filter((entry) => entry.refused === null))
export const refused = computed(() => waiting.value.filter((entry) => entry.refused !== null))
export const today = computed(() => visits.value.filter((visit) => isSameDay(new Date(visit.occurred_at), new Date(), zone.value)))

/** Whether the city lets something be added to a visit; what is not known is not asked for. */
export const allows = (key: string): boolean => policy.value?.rules.some((rule) => rule.key === key && rule.is_on) ?? false

interface Remembered {
  session: Session
  grids: OwnGrid[]
  kinds: VisitKind[]
  duties: phone.Duties | null
  synced: Record<string, phone.SyncGrid>
  cursor: string | null
  catalogue: Catalogue | null
  policy: people.Policy | null
  visits: OwnVisit[]
}

const REMEMBERED = 'visit-page'

export async function open(): Promise<void> {
  if (isLogoutOwed()) return leave()
  try {
    session.value = await api.session()
    if (!session.value.account.worker) return void (page.phase = 'not_worker')
    await recall()
    const [own, list, names, rules] = await Promise.all([api.ownGrids(), api.visitKinds(), api.catalogue(), people.policy()])
    grids.value = own.items
    kinds.value = list.items.filter((kind) => kind.is_active)
    catalogue.value = names
    policy.value = rules
    learn(names)
    await synchronise()
    page.isOffline = false
    page.needsLogin = false
    page.phase = 'ready'
    visits.value = (await api.ownVisits()).items
    await remember()
  } catch (fault) {
    if (isUnauthenticated(fault)) {
      await forget() // the phone may be lost, and its login ended for that
      return goToLogin()
    }
    if (!(fault instanceof Unreachable)) throw fault
    await openFromMemory()
  }
  await readWaiting()
  await send()
}

let cursor: string | null = null

/** Fetches what changed since the last time: the list of the day, and grids with their doors. */
async function synchronise(): Promise<void> {
  let more = true
  while (more) {
    const news = await phone.sync(cursor)
    const kept = { ...synced.value }
    for (const grid of news.grids) kept[grid.code] = grid
    for (const code of news.gone) delete kept[code]
    synced.value = kept
    if (news.duties) duties.value = news.duties
    cursor = news.cursor
    more = news.more
  }
  await remember()
}

async function remember(): Promise<void> {
  if (!session.value) return
  const whole: Remembered = {
    session: session.value,
    grids: grids.value,
    kinds: kinds.value,
    duties: duties.value,
    synced: synced.value,
    cursor,
    catalogue: catalogue.value,
    policy: policy.value,
    visits: visits.value,
  }
  await keep(REMEMBERED, whole)
}

/** Takes up what this phone knew; what belonged to another login is left alone. */
async function recall(): Promise<Remembered | null> {
  const known = await kept<Remembered>(REMEMBERED)
  const isOwn = known && (!session.value || known.session.account.username === session.value.account.username)
  if (!isOwn) return null
  duties.value = known.duties ?? null
  synced.value = known.synced ?? {}
  cursor = known.cursor ?? null
  visits.value = known.visits ?? []
  return known
}

async function openFromMemory(): Promise<void> {
  page.isOffline = true
  const remembered = await recall()
  if (!remembered) return void (page.phase = 'unreachable')
  session.value = remembered.session
  grids.value = remembered.grids
  kinds.value = remembered.kinds
  catalogue.value = remembered.catalogue ?? null
  policy.value = remembered.policy ?? null
  if (catalogue.value) learn(catalogue.value)
  page.phase = 'ready'
}

async function refreshVisits(): Promise<void> {
  const [own, logged] = await Promise.all([api.ownGrids(), api.ownVisits()])
  grids.value = own.items
  visits.value = logged.items
  await synchronise()
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
    if (page.needsLogin) await forget()
    if (outcome === 'all_sent') await refreshVisits()
  } catch (fault) {
    if (!(fault instanceof Unreachable)) throw fault
    page.isOffline = true
  } finally {
    page.isSending = false
    await readWaiting()
  }
}

/**
 * Ends the login. What the phone remembers goes first, with a network or without; what waits to be sent stays. Only the
 * service can end a login, so without a network that is made up for when there is one, by this page or the next login.
 */
export async function leave(): Promise<void> {
  await send()
  if (page.phase !== 'left') page.phase = 'loading'
  page.toast = ''
  session.value = null // so that nothing is remembered any more
  await forget()
  oweLogout()
  try {
    await api.logOut()
    settleLogout()
    location.assign('/login?next=/visit')
  } catch (fault) {
    page.phase = 'left'
    if (!(fault instanceof Unreachable || fault instanceof RequestRefused)) throw fault
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
