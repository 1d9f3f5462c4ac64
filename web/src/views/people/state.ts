/** What the page of people knows and shows: area and tab stand in the address, the map shows the rows of the tab. */
import { computed, reactive, shallowRef } from 'vue'
import { goToLogin, isUnauthenticated, Unreachable } from '../../api/client'
import * as api from '../../api/resources'
import type { AreaDocument, AreaProperties, GridDocument, Session, Staffing, Status, View } from '../../api/wire'
import { learn, t, tOr } from '../../i18n/current'
import { causeWords, placeWords } from '../../i18n/faults'
import { statesByCode, type GridState } from '../../model/status'

export const TABS = ['posts', 'workers', 'vacancies', 'leave', 'norms', 'handover'] as const
export type Tab = (typeof TABS)[number]

const start = new URLSearchParams(location.hash.slice(1))

export const page = reactive({
  phase: 'loading' as 'loading' | 'ready' | 'unreachable' | 'no_right' | 'error',
  reason: '',
  tab: readTab(start),
  area: start.get('area'),
  grid: null as string | null,
  staffing: 'vacant' as Staffing,
})
/** Codes of the grids that the rows of the tab speak of; null: no grid in particular. */
export const pointed = shallowRef<ReadonlySet<string> | null>(null)

export const session = shallowRef<Session | null>(null)
export const view = shallowRef<View | null>(null)
export const status = shallowRef<Status | null>(null)
export const areas = shallowRef<AreaDocument | null>(null)
export const grids = shallowRef<GridDocument | null>(null)

export const zone = computed(() => session.value?.city_timezone ?? 'Asia/Shanghai')
export const addressNow = computed(() => {
  const parts = new URLSearchParams({ tab: page.tab })
  if (page.area) parts.set('area', page.area)
  return `#${parts}`
})
const areaByCode = computed(() => new Map((areas.value?.features ?? []).map(({ properties }) => [properties.code, properties])))

function readTab(address: URLSearchParams): Tab {
  const wanted = address.get('tab') as Tab
  return TABS.includes(wanted) ? wanted : 'posts'
}

export function followAddress(): void {
  const address = new URLSearchParams(location.hash.slice(1))
  page.tab = readTab(address)
  page.area = address.get('area')
}

export const can = (permission: string): boolean => session.value?.account.permissions.includes(permission) ?? false

export async function load(): Promise<void> {
  page.phase = 'loading'
  try {
    session.value = await api.session()
    if (!can('people.read')) return void (page.phase = 'no_right')
    const [now, how, names] = await Promise.all([api.view(null), api.status(null), api.catalogue()])
    learn(names)
    areas.value = await api.areaDocument(now.documents.areas)
    grids.value = now.documents.grids ? await api.gridDocument(now.documents.grids) : { type: 'FeatureCollection', features: [] }
    view.value = now
    status.value = how
    page.phase = 'ready'
  } catch (fault) {
    if (isUnauthenticated(fault)) return goToLogin()
    page.phase = fault instanceof Unreachable ? 'unreachable' : 'error'
    page.reason = words(fault)
  }
}

/** A fault in the words of the page. */
export function words(fault: unknown): string {
  return causeWords(fault, pieceWords)
}

/** `grid 3403…` and `pairing C7` in the words of the page; other places as on every page. */
function pieceWords(place: string): string {
  const [, kind, name] = /^(grid|backup|incident|pairing|patrol|handover|cover) (.+)$/.exec(place) ?? []
  if (!kind || !name) return placeWords(place)
  return kind === 'grid' ? gridName(name) : `${tOr(`left.${kind}`, '')} ${name}`
}

/** What the codes of an area's parts begin with: two figures for a province, twelve for a community. */
export function prefixOf(area: Pick<AreaProperties, 'code' | 'level'>): string {
  return area.code.slice(0, [2, 4, 6, 9, 12][area.level - 1])
}

/** All that one answers for: the city, or the part of it that lists are limited to anyway. */
export const everywhere = computed(() => t(session.value?.account.city_wide ? 'people.whole_city' : 'people.own_areas'))
export const areaName = (code: string | null): string => (code && areaByCode.value.get(code)?.name) || code || everywhere.value
export const areaOf = (code: string): AreaProperties | undefined => areaByCode.value.get(code)

/** The grids of the chosen area, with their state. */
export const gridsHere = computed(() => {
  const chosen = page.area ? areaOf(page.area) : undefined
  const prefix = chosen ? prefixOf(chosen) : ''
  const states: ReadonlyMap<string, GridState> = status.value ? statesByCode(status.value) : new Map<string, GridState>()
  return (grids.value?.features ?? [])
    .filter(({ properties }) => properties.community_code.startsWith(prefix))
    .map(({ properties }) => ({ ...properties, state: states.get(properties.code) }))
})

/** The communities with grids in the chosen area. */
export const communitiesHere = computed(() => [...new Set(gridsHere.value.map((grid) => grid.community_code))])

/** After somebody got a grid: how every grid is staffed now. */
export async function refreshStatus(): Promise<void> {
  status.value = await api.status(null)
}

const gridNames = computed(() => new Map((grids.value?.features ?? []).map(({ properties }) => [properties.code, properties])))

/** `曹山社区 第一网格`, or the code of a grid that is no more. */
export function gridName(code: string): string {
  const grid = gridNames.value.get(code)
  return grid ? `${areaName(grid.community_code)} ${grid.name}` : code
}
