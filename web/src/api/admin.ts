/** Every question and request of the administration pages, by name. */
import type { FeatureCollection } from 'geojson'
import { ask } from './client'
import type { components } from './schema'
import type { Page } from './wire'

type Schemas = components['schemas']
export type Account = Schemas['AccountItem']
export type Grant = Schemas['GrantItem']
export type AccountImport = Schemas['AccountImport']
export type Rights = Schemas['RightsTable']
export type Node = Schemas['NodeItem']
export type Settings = Schemas['SettingList']
export type Setting = Schemas['SettingItem']
export type ImportReport = Schemas['ImportReport']
export type AuditRow = Schemas['AuditRow']
export type Token = Schemas['TokenItem']
export type Finding = Schemas['FindingProperties']
export type NetHealth = Omit<FeatureCollection, 'features'> & {
  features: { type: 'Feature'; geometry: GeoJSON.Geometry | null; properties: Finding }[]
  summary: Schemas['NetSummary']
}
export type Layer = ImportReport['layer']

export interface AccountFilter {
  q?: string
  state?: string
  role?: string
}

export interface AuditFilter {
  username?: string
  action?: string
  object_kind?: string
  object_id?: string
  result?: string
  since?: string
  until?: string
}

const PAGE = 50
const account = (id: string): string => `/accounts/${id}`
const node = (code: string): string => `/management-nodes/${encodeURIComponent(code)}`

export const accounts = (filter: AccountFilter, cursor: string | null): Promise<Page<Account>> =>
  ask('/accounts', { query: { ...filter, cursor, limit: PAGE } })

export const makeAccount = (body: {
  username: string
  display_name: string
  node: string | null
  worker: string | null
}): Promise<Schemas['MadeAccount']> => ask('/accounts', { method: 'POST', body })

export const editAccount = ({ id, revision }: Account, body: { display_name: string; node: string | null }): Promise<Account> =>
  ask(account(id), { method: 'PATCH', body, ifMatch: revision })

export const switchAccount = ({ id, revision }: Account, to: 'disable' | 'enable'): Promise<Account> =>
  ask(`${account(id)}/${to}`, { method: 'POST', ifMatch: revision })

export const resetPassword = ({ id }: Account): Promise<Schemas['OneTimePassword']> =>
  ask(`${account(id)}/reset-password`, { method: 'POST' })

export const revokeSessions = ({ id }: Account): Promise<Schemas['EndedSessions']> =>
  ask(`${account(id)}/revoke-sessions`, { method: 'POST' })

export const findAccount = (id: string): Promise<Account> => ask(account(id))

export const grants = ({ id }: Account): Promise<{ items: Grant[] }> => ask(`${account(id)}/grants`)

export const giveRole = (
  { id }: Account,
  body: { role: string; node: string | null; from: string | null; until: string | null },
): Promise<Grant> => ask(`${account(id)}/grants`, { method: 'POST', body })

export const endGrantAt = ({ id }: Account, grant: Grant, until: string | null): Promise<Grant> =>
  ask(`${account(id)}/grants/${grant.id}`, { method: 'PATCH', body: { until }, ifMatch: grant.revision })

export const endGrant = ({ id }: Account, grant: Grant): Promise<null> =>
  ask(`${account(id)}/grants/${grant.id}`, { method: 'DELETE', ifMatch: grant.revision })

export function importAccounts(file: File, isTrial: boolean): Promise<AccountImport> {
  const form = new FormData()
  form.set('file', file)
  return ask('/accounts/import', { method: 'POST', form, query: { dry_run: String(isTrial) } })
}

export const rights = (): Promise<Rights> => ask('/rights')

export const setRight = (role: string, permission: string, allowed: boolean): Promise<{ allowed: boolean }> =>
  ask(`/rights/${role}/${permission}`, { method: 'PUT', body: { allowed } })

export const nodes = (): Promise<{ items: Node[] }> => ask('/management-nodes')

export const findNode = (code: string): Promise<Node> => ask(node(code))

export const addNode = (body: { code: string; name: string; parent: string }): Promise<Node> =>
  ask('/management-nodes', { method: 'POST', body })

export const renameNode = ({ code, revision }: Node, name: string): Promise<Node> =>
  ask(node(code), { method: 'PATCH', body: { name }, ifMatch: revision })

export const delegate = (
  { code }: Node,
  body: { parent: string; from: string | null; until: string | null },
): Promise<Schemas['DelegationItem']> => ask(`${node(code)}/delegations`, { method: 'POST', body })

export const endDelegation = ({ code }: Node, id: string): Promise<null> =>
  ask(`${node(code)}/delegations/${id}`, { method: 'DELETE' })

export const settings = (): Promise<Settings> => ask('/settings')

export const changeSettings = (revision: number, body: Record<string, number | string | null>): Promise<Settings> =>
  ask('/settings', { method: 'PATCH', body, ifMatch: revision })

export const importLayer = (layer: Layer, form: FormData): Promise<ImportReport> =>
  ask(`/imports/${layer}`, { method: 'POST', form })

export const netHealth = (): Promise<NetHealth> => ask('/net/check')

export const audit = (filter: AuditFilter, cursor: string | null): Promise<Page<AuditRow>> =>
  ask('/audit', { query: { ...filter, cursor, limit: PAGE } })

export const tokens = (): Promise<{ items: Token[] }> => ask('/tokens')

export const makeToken = (body: {
  name: string
  permissions: string[]
  node: string | null
  until: string
}): Promise<Schemas['MadeToken']> => ask('/tokens', { method: 'POST', body })

export const revokeToken = ({ id }: Token): Promise<null> => ask(`/tokens/${id}`, { method: 'DELETE' })
