/** What a reader of the map must know: that data are synthetic, the moment shown, and what is left out. */
import type * as L from 'leaflet'
import { text, type Locale } from '../i18n/text'
import { Corner, element } from './dom'

export interface NoticeState {
  locale: Locale
  synthetic: boolean
  moment: string | null
  omitted: readonly { name: string }[]
}

export class Notice {
  private readonly root = element('div', 'gs-notice')

  addTo(map: L.Map): this {
    new Corner(this.root, 'bottomright').addTo(map)
    return this
  }

  render({ locale, synthetic, moment, omitted }: NoticeState): void {
    const lines: string[] = []
    if (moment) lines.push(text(locale, 'map.moment', { moment }))
    if (synthetic) lines.push(text(locale, 'map.synthetic'))
    if (omitted.length > 0) {
      const names = omitted.map(({ name }) => name).join(text(locale, 'list.separator'))
      lines.push(text(locale, 'map.omitted', { names }))
    }
    this.root.replaceChildren(...lines.map((line) => element('span', '', line)))
  }
}
