/** Sentences of the planner's page: states, operations, findings and refusals. */
import type { Done, Finding, PlanStatus } from '../../api/plans'
import { RequestRefused } from '../../api/client'
import { t, tOr } from '../../i18n/current'
import { causeWords } from '../../i18n/faults'
import { formatShort } from '../../model/moments'
import { shownName } from '../../model/draft'
import { numberOf } from '../../model/history'

export const statusWord = (status: PlanStatus): string => t(`plan.status.${status}`)
export const operationWord = (kind: string): string => tOr(`plan.op.${kind}`, kind)
export const gridWord = (grid: { key: string; name: string }): string =>
  shownName(grid, (number) => t('plan.new_grid', { number }))

/** A block by its name, or by the last figures of its code. */
export const blockWord = ({ code, name }: { code: string; name: string | null }): string =>
  name || t('plan.block', { code: code.split('-').at(-1) ?? code })

/** Why something was refused, in words for planners; what has no sentence of theirs is told as on every page. */
export function faultText(fault: unknown): string {
  if (!(fault instanceof RequestRefused) || fault.status >= 500 || saysMore(fault)) return causeWords(fault)
  return tOr(`plan.refused.${fault.code}`, t('plan.refused.other', { reason: causeWords(fault) }))
}

/** Input that is not valid says little; which field it was, and why, says more. */
const saysMore = ({ code, problem }: RequestRefused): boolean => code === 'invalid_input' && (problem.faults ?? []).length > 0

const MOST_NAMED = 4
const named = (names: readonly string[]): string =>
  names.slice(0, MOST_NAMED).join(t('list.separator')) + (names.length > MOST_NAMED ? t('plan.finding.more', { count: names.length }) : '')

/** Who was faster, what they did, and which grids are other now. */
export function staleText(fault: RequestRefused, zone: string, grids: readonly string[]): string {
  const changed = fault.problem.changed as { operations?: Pick<Done, 'kind' | 'by' | 'at'>[] } | undefined
  const done = changed?.operations ?? []
  if (done.length === 0) return t('plan.stale.unknown')
  const told = done.slice(-3).map(({ kind, by, at }) => {
    return t('plan.stale.one', { by, what: operationWord(kind), at: formatShort(new Date(at), zone) })
  })
  const where = grids.length > 0 ? t('plan.stale.where', { grids: named(grids) }) : ''
  return t('plan.stale', { told: told.join(t('list.separator')), where })
}

/** What a finding says; `name` tells what a grid is called. */
export function findingText({ kind, keys, params }: Finding, name: (key: string) => string): string {
  const values = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]))
  if (typeof params.block === 'string') values.name = blockWord({ code: params.block, name: params.name as string | null })
  const known = params.names as Record<string, string> | undefined
  const nameOf = (key: string): string => (known ? known[key] || numberOf(key) : name(key))
  const conflicts = (params.conflicts as string[] | undefined) ?? []
  const more = conflicts.length > 0 ? t('plan.finding.conflicts', { grids: named(conflicts.map(nameOf)) }) : ''
  return tOr(`plan.finding.${kind}`, kind, { ...values, grids: named(keys.map(nameOf)), more })
}
