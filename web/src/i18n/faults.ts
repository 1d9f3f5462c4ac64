/** What a refusal says in the language of the page, by its codes and places. In Chinese never the service's English. */
import { RequestRefused, Unreachable, type Problem } from '../api/client'
import { locale, t, tOr } from './current'

type Fault = NonNullable<Problem['faults']>[number]

/** Where words for a code may stand: those of drawing and of the net's health have their own. */
const HOMES = ['fault', 'plan.refused', 'health.kind'] as const
const MOST_TOLD = 5

/** The sentence of a code; what is not known here, as of a newer service, is told as the service says it, in English. */
export function faultWords(code: string, message = ''): string {
  const unknown = locale.value === 'en' && message ? message : t('fault.other', { code })
  return HOMES.reduceRight((otherwise, home) => tOr(`${home}.${code}`, otherwise), unknown)
}

/** What stands in a sentence of the service that is not English: places, numbers of rows, codes, names. */
const VALUES = /\[([-\d. ]+)\]|\b(feature|row|cell) ([A-Z]*\d+)|\(field ([^)\s]+)\)|'([^']{1,64})'|(?<![\d.])(\d{6,})(?![\d.])|([\u4e00-\u9fff][\w\u4e00-\u9fff·（）-]*)/g

/** What a Chinese sentence of ours leaves out of the service's English one. */
export function valuesIn(message: string): string[] {
  const found = [...message.matchAll(VALUES)].map(([, at, kind, number, field, quoted, code, name]) => {
    if (at) return t('import.at', { place: at })
    if (kind && number) return t(`place.${kind as 'feature' | 'row' | 'cell'}`, { name: number })
    return field ? t('place.field', { name: field }) : (quoted ?? code ?? name ?? '')
  })
  return [...new Set(found)]
}

/** Beside the sentence of a code: all that the service says, or in Chinese the values that stand in it. */
export function besideWords(message: string): string {
  return locale.value === 'en' ? message : valuesIn(message).join(' · ')
}

/** `feature 3`, `row 7, role`, `cell B7` in the words of the page; a field of a request that nobody has seen says nothing. */
export function placeWords(place: string): string {
  return place.split(', ').map(stepWords).filter(Boolean).join(' · ')
}

function stepWords(step: string): string {
  const [, kind, name] = /^(feature|row|line|cell|column) (\S+)$/.exec(step) ?? []
  if (kind && name) return t(`place.${kind as 'column'}`, { name: fieldWords(name) || name })
  return /^[a-z_-]+([.[].*)?$/i.test(step) ? fieldWords(step) : step
}

/** The last part of the way to a field that has a name: `body.permissions.3`. */
function fieldWords(path: string): string {
  const names = path.split(/[.[\]]+/).filter(Boolean).reverse()
  return names.map((name) => tOr(`place.body.${name}`, '')).find(Boolean) ?? ''
}

/** Why something was not done. `where` puts a place into words. */
export function causeWords(cause: unknown, where: (place: string) => string = placeWords): string {
  if (cause instanceof Unreachable) return t('state.unreachable')
  if (cause instanceof RequestRefused) return refusalWords(cause, where)
  return cause instanceof Error ? cause.message : String(cause)
}

function refusalWords(refused: RequestRefused, where: (place: string) => string): string {
  const said = [...new Set((refused.problem.faults ?? []).map((fault) => oneFault(fault, where)))]
  if (said.length > MOST_TOLD) said.splice(MOST_TOLD, said.length, t('fault.more', { count: said.length }))
  if (said.length > 0) return said.join(t('list.separator'))
  // An answer that is no problem document comes from something before the service.
  if (refused.code === String(refused.status)) return t('state.server_fault', { code: refused.code })
  return oneFault({ place: '', code: refused.code, message: refused.detail }, where)
}

function oneFault({ place, code, message }: Fault, where: (place: string) => string): string {
  const shown = where(place)
  const values = locale.value === 'en' ? [] : valuesIn(message).filter((value) => !shown.includes(value))
  const beside = values.length > 0 ? t('fault.values', { values: values.join(' · ') }) : ''
  return [shown, faultWords(code, message) + beside].filter(Boolean).join(' ')
}
