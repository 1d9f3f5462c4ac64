/** What the sections share: who is here, which roles and nodes there are, how faults are told. */
import { ElMessage } from 'element-plus'
import { computed, reactive, shallowRef } from 'vue'
import * as admin from '../../api/admin'
import { goToLogin, isUnauthenticated, RequestRefused, Unreachable } from '../../api/client'
import * as api from '../../api/resources'
import type { Session } from '../../api/wire'
import { locale, t } from '../../i18n/current'
import { causeWords } from '../../i18n/faults'
import { formatMoment, fromField } from '../../model/moments'
import { pathTo } from '../../model/tree'

export const SECTIONS = ['accounts', 'rights', 'tree', 'settings', 'imports', 'health', 'audit', 'tokens'] as const
export type Section = (typeof SECTIONS)[number]

const NEEDS: Record<Section, string> = {
  accounts: 'accounts.manage',
  rights: 'rights.read',
  tree: 'rights.read',
  settings: 'settings.read',
  imports: 'imports.run',
  health: 'net.check',
  audit: 'audit.read',
  tokens: 'tokens.manage',
}

export const page = reactive<{ phase: 'loading' | 'ready' | 'unreachable' | 'error'; reason: string; section: Section | null }>({
  phase: 'loading',
  reason: '',
  section: null,
})
export const session = shallowRef<Session | null>(null)
export const nodes = shallowRef<admin.Node[]>([])
export const table = shallowRef<admin.Rights | null>(null)

export const can = (permission: string): boolean => session.value?.account.permissions.includes(permission) ?? false
export const open = computed(() => SECTIONS.filter((section) => can(NEEDS[section])))
const zone = computed(() => session.value?.city_timezone ?? 'Asia/Shanghai')

export async function load(): Promise<void> {
  page.phase = 'loading'
  try {
    session.value = await api.session()
    if (can('rights.read')) await Promise.all([loadNodes(), admin.rights().then((all) => (table.value = all))])
    page.phase = 'ready'
    followAddress()
  } catch (fault) {
    if (isUnauthenticated(fault)) return goToLogin()
    page.phase = fault instanceof Unreachable ? 'unreachable' : 'error'
    page.reason = words(fault)
  }
}

export async function loadNodes(): Promise<void> {
  nodes.value = (await admin.nodes()).items
}

/** Shows the section that the address names, or the first that one may open. */
export function followAddress(): void {
  const wanted = location.hash.slice(1) as Section
  page.section = open.value.includes(wanted) ? wanted : (open.value[0] ?? null)
}

/** A fault in the language of the page: what a field or row has, or what the refusal says. */
export function words(fault: unknown): string {
  return fault instanceof RequestRefused && fault.status === 412 ? t('admin.stale') : causeWords(fault)
}

/** As `words`; whoever is no longer logged in is led to the login. */
export function explain(fault: unknown): string {
  if (isUnauthenticated(fault)) goToLogin()
  return words(fault)
}

/** Tells a fault over the page; whoever is no longer logged in is led to the login. */
export function tell(fault: unknown): void {
  if (isUnauthenticated(fault)) return goToLogin()
  ElMessage({ type: 'error', message: words(fault), showClose: true, duration: 8000 })
}

export function tellDone(message: string): void {
  ElMessage({ type: 'success', message, duration: 3000 })
}

export function roleName(code: string): string {
  const role = table.value?.roles.find((each) => each.code === code)
  return role ? (locale.value === 'en' ? role.name_en : role.name_zh) : code
}

/** A node by its name; what is not in one's own part of the tree by its code. */
export function nodeName(code: string | null | undefined): string {
  if (!code) return t('admin.whole_city')
  return nodes.value.find((node) => node.code === code)?.name ?? code
}

/** A node with what it lies in, so that two of one name can be told apart. */
export function nodePath(code: string): string {
  return pathTo(nodes.value, code).slice(-3).join(' › ')
}

export function moment(iso: string | null | undefined): string {
  return iso ? formatMoment(new Date(iso), zone.value) : ''
}

/** What a date field of the browser holds, as a moment of the city for the service; null when it is empty. */
export function fieldMoment(field: string): string | null {
  return fromField(field, zone.value)?.toISOString() ?? null
}
