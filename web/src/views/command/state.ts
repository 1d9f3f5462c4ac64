/** What the command page knows and shows; the map and the panels read it, and only this file changes it. */
import { computed, reactive, shallowRef } from 'vue'
import { goToLogin, isUnauthenticated, RequestRefused, Unreachable } from '../../api/client'
import type { Behind } from '../../api/coverage'
import * as api from '../../api/resources'
import type { IncidentPoints, Session, Status, View } from '../../api/wire'
import { learn } from '../../i18n/current'
import { causeWords } from '../../i18n/faults'
import { EVERY_LAYER, readAddress, writeAddress, type Extent, type LayerKey } from '../../model/address'
import { rowsFor, type Filter } from '../../model/ranking'
import { statesByCode, type GridState, type Mode, type StateByCode } from '../../model/status'

export type Phase = 'loading' | 'ready' | 'unreachable' | 'no_right' | 'error'

interface Shown {
  phase: Phase
  reason: string
  /** The last refresh failed: what is shown is older than it should be. */
  isStale: boolean
  mode: Mode
  layers: ReadonlySet<LayerKey>
  grid: string | null
  moment: string | null
  filter: Filter | null
  extent: Extent | null
  isPanelOpen: boolean
  isDark: boolean
  queue: 'unlocated' | 'outside' | null
  /** The coverage figure whose rows are open. */
  behind: Behind | null
}

const start = readAddress(location.hash)

export const shown = reactive<Shown>({
  phase: 'loading',
  reason: '',
  isStale: false,
  ...start,
  isPanelOpen: window.innerWidth >= 900,
  isDark: false,
  queue: null,
  behind: null,
})

export const session = shallowRef<Session | null>(null)
export const view = shallowRef<View | null>(null)
export const status = shallowRef<Status | null>(null)
export const points = shallowRef<IncidentPoints | null>(null)

export const states = computed<StateByCode | null>(() => status.value && statesByCode(status.value))
export const zone = computed(() => view.value?.settings.city_timezone ?? 'Asia/Shanghai')
/** The moment the figures speak of. */
export const momentShown = computed(() => (status.value ? new Date(status.value.as_of) : null))
const nowS = computed(() => (momentShown.value?.getTime() ?? Date.now()) / 1000)

/** The grids a filter keeps, in the order in which one would act on them; without a filter, all from worst to best. */
export const rows = computed<GridState[]>(() => (states.value ? rowsFor(shown.filter, states.value.values(), nowS.value) : []))

/** The city's own names hardly ever change: they are fetched once for as long as the page lives. */
let names: Promise<void> | null = null

function knowNames(): Promise<void> {
  names ??= api.catalogue().then(learn)
  names.catch(() => (names = null))
  return names
}

/** Fetches everything for the moment shown; later answers to earlier questions are dropped. */
let generation = 0

export async function load(): Promise<void> {
  generation += 1
  const mine = generation
  shown.phase = status.value ? shown.phase : 'loading'
  const isCurrent = (): boolean => mine === generation
  try {
    // Each answer is taken up as it comes: geometry is fetched while the state of the grids is still on its way.
    await Promise.all([
      api.session().then((who) => (session.value = who)),
      knowNames(),
      api.view(shown.moment).then((what) => isCurrent() && (view.value = what)),
      api.status(shown.moment).then((how) => isCurrent() && (status.value = how)),
    ])
    if (!isCurrent()) return
    shown.phase = 'ready'
    shown.isStale = false
    await loadPoints()
  } catch (fault) {
    if (isCurrent()) fail(fault)
  }
}

async function loadPoints(): Promise<void> {
  if (!session.value?.account.permissions.includes('incidents.read')) return
  const mine = generation
  const found = await api.incidentPoints(shown.moment)
  if (mine === generation) points.value = found
}

/** Fetches what changes with the day's work; the map and what is chosen stay. */
export async function refresh(): Promise<void> {
  if (shown.moment !== null || shown.phase !== 'ready') return
  const mine = generation
  try {
    const how = await api.status(null)
    if (mine !== generation) return
    status.value = how
    shown.isStale = false
    await loadPoints()
  } catch (fault) {
    if (isUnauthenticated(fault) || mine === generation) fail(fault)
  }
}

export function fail(fault: unknown): void {
  if (isUnauthenticated(fault)) return goToLogin()
  if (fault instanceof Unreachable) shown.phase = status.value ? 'ready' : 'unreachable'
  else if (fault instanceof RequestRefused && fault.status === 403) shown.phase = 'no_right'
  else shown.phase = status.value ? 'ready' : 'error'
  shown.reason = fault instanceof Unreachable ? '' : causeWords(fault)
  shown.isStale = true
}

export function setMoment(moment: string | null): void {
  shown.moment = moment
  void load()
}

/** Takes up a filter, or drops it if it is the one in use; staffing figures bring staffing colours with them. */
export function toggleFilter(filter: Filter): void {
  shown.queue = null
  shown.behind = null
  shown.filter = shown.filter === filter ? null : filter
  if (shown.filter === 'vacancies') shown.mode = 'staffing'
  if (shown.filter === 'overdue' || shown.filter === 'coverage') shown.mode = 'patrol'
}

export function setMode(mode: Mode): void {
  shown.mode = mode
  if (shown.filter?.startsWith('state:')) shown.filter = null
}

export function resetView(): void {
  shown.filter = null
  shown.layers = EVERY_LAYER
}

export const addressNow = computed(() => writeAddress(shown))

/** Takes over an address that somebody put into the bar while the page was open. */
export function followAddress(): void {
  if (location.hash === addressNow.value) return
  const wanted = readAddress(location.hash)
  const otherMoment = wanted.moment !== shown.moment
  Object.assign(shown, wanted)
  if (otherMoment) void load()
}
