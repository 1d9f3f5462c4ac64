/** Texts of the one dictionary that front and back end share. */
import en from '@dictionary/en.json'
import zh from '@dictionary/zh-CN.json'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export type TextKey = keyof typeof zh
export type Values = Record<string, string | number>

const DICTIONARY: Record<Locale, Record<TextKey, string>> = { 'zh-CN': zh, en }

export function isTextKey(key: string): key is TextKey {
  return key in zh
}

/** What the dictionary has under a prefix: the rest of each key, in its order. */
export function keysUnder(prefix: string): string[] {
  return Object.keys(zh).filter((key) => key.startsWith(`${prefix}.`)).map((key) => key.slice(prefix.length + 1))
}

/** Chinese unless English is asked for. */
export function knownLocale(wanted: string | null | undefined): Locale {
  return wanted?.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}

export function text(locale: Locale, key: TextKey, values: Values = {}): string {
  return DICTIONARY[locale][key].replace(/\{(\w+)\}/g, (place, name: string) =>
    name in values ? String(values[name]) : place,
  )
}

/** What the city itself calls its classes and kinds, by dictionary key: learnt from the service when a page opens. */
const taught: Record<Locale, Map<string, string>> = { 'zh-CN': new Map(), en: new Map() }

interface Entry {
  key: string
  name_zh: string
  name_en: string
}

/** Learns the names of a list of the city's own, whose keys stand under `prefix` in the dictionary. */
export function teach(prefix: string, entries: readonly Entry[]): void {
  for (const entry of entries) {
    taught['zh-CN'].set(`${prefix}.${entry.key}`, entry.name_zh)
    taught.en.set(`${prefix}.${entry.key}`, entry.name_en)
  }
}

/** The text of a key made at run time, or `otherwise` where neither the city nor the dictionary has one. */
export function textOr(locale: Locale, key: string, otherwise: string, values: Values = {}): string {
  const own = taught[locale].get(key)
  if (own !== undefined) return own
  return isTextKey(key) ? text(locale, key, values) : otherwise
}
