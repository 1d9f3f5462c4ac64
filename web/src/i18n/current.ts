/** The language in which a page speaks now; a cookie remembers it, so that pages of the server follow. */
import { ref, watchEffect } from 'vue'
import type { Catalogue } from '../api/wire'
import { remembered, toRemember } from './remember'
import { knownLocale, teach, text, textOr, type Locale, type TextKey, type Values } from './text'

export const locale = ref<Locale>(knownLocale(remembered(document.cookie, location.protocol)))

watchEffect(() => {
  document.documentElement.lang = locale.value
})

export function switchLocale(): void {
  locale.value = locale.value === 'en' ? 'zh-CN' : 'en'
  document.cookie = toRemember(locale.value, location.protocol)
}

const lessons = ref(0)

/** Takes over what the city calls its own classes and kinds. */
export function learn(catalogue: Catalogue): void {
  teach('category', catalogue.incident_categories)
  teach('channel', catalogue.channels)
  teach('visit.kind', catalogue.visit_kinds)
  teach('care', catalogue.care_classes ?? []) // what a phone remembers may be older
  lessons.value += 1
}

/** The text of a key in the present language. */
export function t(key: TextKey, values?: Values): string {
  return text(locale.value, key, values)
}

/** As `t`, for keys made at run time. */
export function tOr(key: string, otherwise: string, values?: Values): string {
  void lessons.value // what was learnt since is shown at once
  return textOr(locale.value, key, otherwise, values)
}
