/** Switches the colouring between visits and staffing, and zooms; the corner at the top left. */
import type * as L from 'leaflet'
import { text, type Locale } from '../i18n/text'
import type { Mode } from '../model/status'
import { button, Corner, element } from './dom'

const MODES: readonly Mode[] = ['patrol', 'staffing']

export class ModeSwitch {
  private readonly root = element('div', 'gs-modes gs-panel')

  constructor(private readonly change: (mode: Mode) => void) {
    this.root.setAttribute('role', 'group')
  }

  addTo(map: L.Map): this {
    new Corner(this.root, 'topleft').addTo(map)
    return this
  }

  render(locale: Locale, mode: Mode): void {
    this.root.setAttribute('aria-label', text(locale, 'map.mode'))
    const focused = this.root.contains(document.activeElement)
    this.root.replaceChildren(
      ...MODES.map((key) => {
        const word = text(locale, key)
        const made = button('gs-mode', word, () => this.change(key), word)
        made.setAttribute('aria-pressed', String(key === mode))
        return made
      }),
    )
    if (focused) this.root.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus()
  }
}

/** Zoom in, zoom out, and back to the whole. */
export class ZoomControl {
  private readonly root = element('div', 'gs-zoom gs-panel')

  constructor(
    private readonly map: L.Map,
    private readonly fit: () => void,
  ) {
    new Corner(this.root, 'bottomright').addTo(map)
  }

  render(locale: Locale): void {
    this.root.replaceChildren(
      button('gs-zoom-button', text(locale, 'map.zoom_in'), () => this.map.zoomIn(1), '+'),
      button('gs-zoom-button', text(locale, 'map.zoom_out'), () => this.map.zoomOut(1), '−'),
      button('gs-zoom-button', text(locale, 'map.fit'), this.fit, '⌂'),
    )
  }
}
