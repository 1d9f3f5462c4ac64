/** Which layers are shown: a button that opens a list of check boxes. */
import type * as L from 'leaflet'
import { text, type Locale } from '../i18n/text'
import { LAYERS, type LayerKey } from '../model/address'
import { Corner, element } from './dom'

export class LayerControl {
  private readonly root = element('div', 'gs-layers')
  private readonly opener = element('button', 'gs-panel gs-layers-opener')
  private readonly list = element('fieldset', 'gs-panel gs-layers-list')

  constructor(private readonly change: (layers: ReadonlySet<LayerKey>) => void) {
    this.opener.type = 'button'
    this.opener.addEventListener('click', () => this.open(this.list.hidden))
    this.root.append(this.opener, this.list)
    this.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.list.hidden) return
      event.stopPropagation()
      this.open(false)
      this.opener.focus()
    })
    this.open(false)
  }

  addTo(map: L.Map): this {
    new Corner(this.root, 'topright').addTo(map)
    map.on('click', () => this.open(false))
    return this
  }

  private open(open: boolean): void {
    this.list.hidden = !open
    this.opener.setAttribute('aria-expanded', String(open))
  }

  render(locale: Locale, shown: ReadonlySet<LayerKey>): void {
    const title = text(locale, 'layer.title')
    this.opener.replaceChildren(sign(), title)
    const legend = element('legend', 'gs-visually-hidden', title)
    const focused = this.list.contains(document.activeElement) ? (document.activeElement as HTMLInputElement).value : null
    this.list.replaceChildren(legend, ...LAYERS.map((key) => this.box(key, locale, shown)))
    if (focused) this.list.querySelector<HTMLElement>(`[value="${focused}"]`)?.focus()
  }

  private box(key: LayerKey, locale: Locale, shown: ReadonlySet<LayerKey>): HTMLElement {
    const box = element('input', '')
    box.type = 'checkbox'
    box.value = key
    box.checked = shown.has(key)
    box.addEventListener('change', () => {
      const wanted = new Set(shown)
      if (box.checked) wanted.add(key)
      else wanted.delete(key)
      this.change(new Set(LAYERS.filter((name) => wanted.has(name))))
    })
    return element('label', 'gs-layers-row', box, text(locale, `layer.${key}`))
  }
}

function sign(): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', 'M8 2 1.5 5.5 8 9l6.5-3.5zM1.5 8.5 8 12l6.5-3.5M1.5 11.2 8 14.7l6.5-3.5')
  path.setAttribute('fill', 'none')
  path.setAttribute('stroke', 'currentColor')
  path.setAttribute('stroke-linejoin', 'round')
  svg.append(path)
  return svg
}
