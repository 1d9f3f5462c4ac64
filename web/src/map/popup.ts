/** What is said of a grid on the map itself: a short tip under the mouse, and a popup where there is no card. */
import * as L from 'leaflet'
import { text, type Locale } from '../i18n/text'
import { formatMoment } from '../model/moments'
import { stateIn, type GridState } from '../model/status'
import type { CityMap } from './citymap'
import { element } from './dom'
import { LOOKS } from './palette'
import { swatch } from './patterns'
import { stateWord } from './words'
import type { GridShape } from './scene'

/** `曹山社区 第一网格`: the name of a grid with that of its community. */
export function gridTitle(city: CityMap, shape: GridShape): string {
  const community = city.scene.areaByCode.get(shape.communityCode)
  return community ? `${community.name} ${shape.name}` : shape.name
}

function head(city: CityMap, shape: GridShape, locale: Locale): HTMLElement[] {
  const key = stateIn(city.mode, city.states?.get(shape.code))
  return [
    element('strong', '', gridTitle(city, shape)),
    element('span', 'gs-code', shape.code),
    element('span', 'gs-tip-state', swatch(LOOKS[key]), stateWord(locale, city.mode, key)),
  ]
}

/** A tip that follows the mouse from grid to grid. */
export function followMouse(city: CityMap, locale: () => Locale): void {
  const tip = L.tooltip({ className: 'gs-tip', direction: 'top', offset: [0, -10], opacity: 1 })
  let shape: GridShape | null = null
  city.listen({
    hovered(now) {
      shape = now
      if (!shape) tip.remove()
      else tip.setContent(element('div', 'gs-tip-body', ...head(city, shape, locale()), answerLine(city, shape, locale())))
    },
  })
  city.map.on('mousemove', (event: L.LeafletMouseEvent) => {
    if (shape) tip.setLatLng(event.latlng).addTo(city.map)
  })
}

function answerLine(city: CityMap, shape: GridShape, locale: Locale): HTMLElement {
  return element('span', '', `${text(locale, 'popup.answers')} ${answerWord(city.states?.get(shape.code), locale)}`)
}

/** A popup for each grid that is pressed, for pages without a card. */
export function openPopups(city: CityMap, locale: () => Locale, zone: string): void {
  city.listen({
    chosen(shape) {
      city.select(shape?.code ?? null)
      if (!shape) return
      const rows = factRows(city.states?.get(shape.code), locale(), zone)
      const body = element('div', 'gs-tip-body', ...head(city, shape, locale()), element('dl', 'gs-facts', ...rows))
      const { x, y } = shape.anchor
      L.popup({ className: 'gs-popup', maxWidth: 320 }).setLatLng(city.latLngAt(x, y)).setContent(body).openOn(city.map)
    },
  })
}

/** Who answers: a name, nobody, or that the name is not for this account. */
function answerWord(row: GridState | undefined, locale: Locale): string {
  if (!row) return '—'
  if (row.worker) return row.worker
  const isNobody = row.staffing === 'vacant' || row.staffing === 'uncovered'
  return text(locale, isNobody ? 'popup.nobody' : 'popup.hidden')
}

function factRows(row: GridState | undefined, locale: Locale, zone: string): HTMLElement[] {
  const visited = row?.lastVisit ? formatMoment(new Date(row.lastVisit * 1000), zone) : text(locale, 'patrol.never')
  const facts: [string, string][] = [
    [text(locale, 'popup.answers'), answerWord(row, locale)],
    [text(locale, 'staffing'), row ? stateWord(locale, 'staffing', row.staffing) : '—'],
    [text(locale, 'patrol'), row ? stateWord(locale, 'patrol', row.patrol) : '—'],
    [text(locale, 'popup.last_visit'), visited],
    [text(locale, 'popup.open_incidents'), text(locale, 'popup.count', { count: row?.openIncidents ?? 0 })],
  ]
  return facts.map(([name, value]) => element('div', '', element('dt', '', name), element('dd', '', value)))
}
