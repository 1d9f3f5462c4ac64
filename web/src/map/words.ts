/** The words of the states, as legend, card, lists and forms all show them. */
import { text, type Locale } from '../i18n/text'
import type { Mode, StateKey } from '../model/status'

export function stateWord(locale: Locale, mode: Mode, key: StateKey): string {
  return text(locale, `${mode}.${key}` as 'patrol.on_time')
}
