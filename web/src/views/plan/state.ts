/** What the planner's page knows and shows; panels and map read it, and only this file and `actions` change it. */
import { computed, reactive, ref, shallowRef } from 'vue'
import type { Geometry } from 'geojson'
import * as plans from '../../api/plans'
import { goToLogin, isUnauthenticated, RequestRefused, Unreachable } from '../../api/client'
import * as api from '../../api/resources'
import type { Session, View } from '../../api/wire'
import { changedFeatures, draftOf, type Draft } from '../../model/draft'
import type { Tool } from '../../model/tools'
import { faultText, gridWord, staleText } from './words'

export type Phase = 'loading' | 'ready' | 'unreachable' | 'no_right' | 'missing' | 'error'
export type Dialog = 'divide' | 'describe' | 'publish' | 'send_back' | 'approve' | 'withdraw' | 'discard' | 'carried' | 'handover' | 'edit' | null

/** What an operation would come to, beside the pointer. */
export interface Trial {
  x: number
  y: number
  consequences: plans.Consequences | null
  changed: readonly plans.DraftFeature[]
  refusal: string
}

export interface Notice {
  kind: 'good' | 'fault'
  text: string
}

export const shown = reactive({
  phase: 'loading' as Phase,
  reason: '',
  tool: 'select' as Tool,
  chosen: [] as readonly string[],
  hovered: null as string | null,
  /** The grid that painting gives to; empty: a new one. */
  target: '',
  isBusy: false,
  dialog: null as Dialog,
  isComparing: false,
  divide: 0.5,
  isLeftOpen: window.innerWidth >= 900,
  isRightOpen: window.innerWidth >= 900,
})

export const session = shallowRef<Session | null>(null)
export const view = shallowRef<View | null>(null)
export const plan = shallowRef<plans.Plan | null>(null)
export const draft = shallowRef<Draft | null>(null)
export const blocks = shallowRef<plans.PlanBlocks | null>(null)
export const findings = shallowRef<plans.Findings | null>(null)
export const log = shallowRef<plans.Done[]>([])
export const trial = shallowRef<Trial | null>(null)
export const notice = shallowRef<Notice | null>(null)
/** The geometry of what was refused, or of the finding that was pressed. */
export const marked = shallowRef<Geometry | null>(null)
/** What a rebase came to, until the next thing is done. */
export const rebased = shallowRef<plans.Rebased | null>(null)
/** An operation that would cut compounds, until somebody says that it is meant. */
export const cutting = shallowRef<{ operation: plans.Operation; names: string[] } | null>(null)

const TICK_MS = 5_000
/** The time, now and then: what is pending takes effect while one looks at it. */
export const clock = ref(Date.now())
setInterval(() => {
  clock.value = Date.now()
}, TICK_MS)

export const zone = computed(() => view.value?.settings.city_timezone ?? 'Asia/Shanghai')
export const may = (permission: string): boolean => session.value?.account.permissions.includes(permission) ?? false
export const isDrawable = computed(() => plan.value?.status === 'draft' && may('plans.edit'))
export const figures = computed(() => draft.value?.consequences.grids ?? [])
export const figuresOf = computed(() => new Map(figures.value.map((each) => [each.key, each])))

export const planId = (): string => location.pathname.split('/')[2] ?? ''

/** Which community the address asks for. */
export const wantedCommunity = (): string | null => new URLSearchParams(location.hash.slice(1)).get('community')

/** Fetches the plan, its first or wanted community, and what goes with it. */
export async function load(): Promise<void> {
  shown.phase = plan.value ? shown.phase : 'loading'
  try {
    const [who, what, one] = await Promise.all([api.session(), api.view(null), plans.plan(planId())])
    session.value = who
    view.value = what
    plan.value = one
    const wanted = wantedCommunity()
    await loadCommunity(wanted && one.communities.includes(wanted) ? wanted : one.communities[0])
    shown.phase = 'ready'
  } catch (fault) {
    fail(fault)
  }
}

export async function loadCommunity(code: string): Promise<void> {
  const id = planId()
  const [drawing, ground] = await Promise.all([plans.drawing(id, code), plans.blocksOf(id, code)])
  const isOther = draft.value?.community !== code
  draft.value = draftOf(drawing)
  blocks.value = ground
  if (isOther) {
    shown.chosen = []
    shown.target = ''
  }
  forgetTrial()
  await loadRest()
}

/** Takes up the plan as it is now; the view, the tool and what is chosen stay. */
export async function reload(): Promise<void> {
  plan.value = await plans.plan(planId())
  clock.value = Date.now()
  if (draft.value) await loadCommunity(draft.value.community)
  shown.chosen = shown.chosen.filter((key) => draft.value?.grids.has(key))
}

let generation = 0

/** Findings and the log, which may come later than what is drawn; later answers to earlier questions are dropped. */
export async function loadRest(): Promise<void> {
  generation += 1
  const mine = generation
  const [found, done] = await Promise.all([plans.findings(planId()), plans.operations(planId())])
  if (mine !== generation) return
  findings.value = found
  log.value = done.items
}

export function forgetTrial(): void {
  trial.value = null
}

/** On a narrow screen one panel at a time, so that the map stays in sight behind it. */
export function openSide(side: 'isLeftOpen' | 'isRightOpen'): void {
  shown[side] = !shown[side]
  if (shown[side] && window.innerWidth < 900) shown[side === 'isLeftOpen' ? 'isRightOpen' : 'isLeftOpen'] = false
}

export function choose(keys: readonly string[]): void {
  shown.chosen = keys
}

export function say(kind: Notice['kind'], text: string): void {
  notice.value = { kind, text }
}

/** What went wrong while opening the page. */
export function fail(fault: unknown): void {
  if (isUnauthenticated(fault)) return goToLogin()
  if (plan.value && draft.value) return complain(fault)
  const status = fault instanceof RequestRefused ? fault.status : 0
  shown.phase = fault instanceof Unreachable ? 'unreachable' : status === 403 ? 'no_right' : status === 404 ? 'missing' : 'error'
  shown.reason = faultText(fault)
}

/** Takes up what somebody else did meanwhile, says who and what, and shows the grids that are other now. */
async function takeOver(fault: RequestRefused): Promise<void> {
  const before = draft.value
  await reload()
  const now = draft.value
  const changed = before && now && before.community === now.community ? changedFeatures(before.grids, now.grids) : []
  marked.value = changed.length > 0 ? { type: 'GeometryCollection', geometries: changed.map(({ geometry }) => geometry) } : null
  say('fault', staleText(fault, zone.value, changed.map(({ properties }) => gridWord(properties))))
}

/** What was refused while working: said, drawn on the map, and, if somebody else was faster, taken over. */
export function complain(fault: unknown): void {
  if (isUnauthenticated(fault)) return goToLogin()
  marked.value = null
  if (fault instanceof RequestRefused) {
    marked.value = fault.problem.faults?.find(({ geometry }) => geometry)?.geometry ?? null
    if (fault.status === 412) {
      void takeOver(fault).catch(fail)
      return
    }
  }
  say('fault', faultText(fault))
}
