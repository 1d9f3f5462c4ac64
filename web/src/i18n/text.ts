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

/** Chinese unless English is asked for. */
export function knownLocale(wanted: string | null | undefined): Locale {
  return wanted?.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}

export function text(locale: Locale, key: TextKey, values: Values = {}): string {
  return DICTIONARY[locale][key].replace(/\{(\w+)\}/g, (place, name: string) =>
    name in values ? String(values[name]) : place,
  )
}

/** The text of a key made at run time, or `otherwise` where the dictionary has none. */
export function textOr(locale: Locale, key: string, otherwise: string, values: Values = {}): string {
  return isTextKey(key) ? text(locale, key, values) : otherwise
}
