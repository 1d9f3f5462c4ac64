/** What the page of the past knows: the two nets that are compared, how their grids correspond, and the life of a code. */
import { computed, reactive, shallowRef } from 'vue'
import { goToLogin, isUnauthenticated, RequestRefused } from '../../../api/client'
import * as past from '../../../api/history'
import * as api from '../../../api/resources'
import type { AreaDocument, GridDocument } from '../../../api/wire'
import { t } from '../../../i18n/current'
import { askedBy } from '../../../model/history'
import { session, view } from '../state'
import { faultText } from '../words'

const asked = askedBy(location.hash)

export const asking = reactive({
  /** Empty: now. */
  since: asked.since ?? '',
  until: asked.until ?? '',
  community: asked.community ?? '',
  code: asked.code ?? '',
})
export const page = reactive({ isReady: false, isBusy: false, fault: '', lifeFault: '' })
export const versions = shallowRef<past.NetVersion[]>([])
export const areas = shallowRef<AreaDocument | null>(null)
/** The whole net of the later moment. */
export const net = shallowRef<GridDocument | null>(null)
export const nets = shallowRef<{ old: past.NetDocument; new: past.NetDocument } | null>(null)
export const rows = shallowRef<past.ConcordanceRow[]>([])
export const life = shallowRef<past.Stage[] | null>(null)
/** Codes of the grids whose row or stage was pressed. */
export const pressed = shallowRef<readonly string[]>([])
export const startMap = asked.map

export const communities = computed(() =>
  (areas.value?.features ?? []).map(({ properties }) => properties).filter(({ level, has_grids }) => level === 5 && has_grids),
)

/** The moments asked about, the earlier one first. */
export const span = computed((): past.Span => {
  const now = new Date().toISOString()
  return { since: asking.since || now, until: asking.until || now, community: asking.community || null }
})

export async function load(): Promise<void> {
  page.fault = ''
  try {
    const [who, what, known] = await Promise.all([api.session(), api.view(null), past.netVersions()])
    session.value = who
    view.value = what
    versions.value = known.items
    areas.value = await api.areaDocument(what.documents.areas)
    if (!asking.since) asking.since = known.items[0]?.effective_at ?? ''
    await compare()
    if (asking.code) await follow(asking.code)
    page.isReady = true
  } catch (fault) {
    fail(fault)
  }
}

let generation = 0

/** Fetches what lies between the two moments; answers to earlier questions are dropped. */
export async function compare(): Promise<void> {
  generation += 1
  const mine = generation
  page.isBusy = true
  page.fault = ''
  try {
    const [later, both, found] = await Promise.all([netAt(span.value.until), past.compared(span.value), past.concordance(span.value)])
    if (mine !== generation) return
    net.value = later
    nets.value = both
    rows.value = found.items
    pressed.value = []
  } catch (fault) {
    if (mine === generation) fail(fault)
  } finally {
    if (mine === generation) page.isBusy = false
  }
}

async function netAt(moment: string): Promise<GridDocument> {
  const { documents } = await api.view(moment)
  return documents.grids ? api.gridDocument(documents.grids) : { type: 'FeatureCollection', features: [] }
}

/** Shows the life of a code. */
export async function follow(code: string): Promise<void> {
  asking.code = code
  page.lifeFault = ''
  try {
    life.value = (await past.lifeOf(code)).stages
  } catch (fault) {
    life.value = null
    if (isUnauthenticated(fault)) return goToLogin()
    page.lifeFault = fault instanceof RequestRefused && fault.status === 404 ? t('history.never_given', { code }) : faultText(fault)
  }
}

export function fail(fault: unknown): void {
  if (isUnauthenticated(fault)) return goToLogin()
  page.fault = fault instanceof RequestRefused && fault.status === 403 ? t('state.no_right') : faultText(fault)
}
