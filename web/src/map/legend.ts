/** The legend: every state with swatch, symbol, word and count; pressing a line keeps only its grids in colour. */
import type * as L from 'leaflet'
import { text, type Locale } from '../i18n/text'
import { formatCount } from '../model/figures'
import { countStates, INCIDENT_AGES, statesOf, type Mode, type StateByCode, type StateKey } from '../model/status'
import { Corner, element } from './dom'
import { INCIDENT_LOOKS, LOOKS } from './palette'
import { swatch } from './patterns'
import { stateWord } from './words'

export interface LegendState {
  locale: Locale
  mode: Mode
  states: StateByCode | null
  pressed: StateKey | null
  hasIncidents: boolean
  hasVillages: boolean
}

const NARROW = 600

export class Legend {
  private readonly root = element('section', 'gs-panel gs-legend')
  private readonly body = element('div', '')
  private isOpen = true

  constructor(private readonly press: (key: StateKey) => void) {}

  addTo(map: L.Map): this {
    this.isOpen = map.getSize().x >= NARROW
    new Corner(this.root, 'bottomleft').addTo(map)
    return this
  }

  render(state: LegendState): void {
    const { locale, mode, states } = state
    const focused = this.root.contains(document.activeElement) ? document.activeElement?.getAttribute('data-state') : null
    const title = this.title(text(locale, `legend.title.${mode}`))
    const rows = element('div', 'gs-legend-rows')
    const counts = states && countStates(mode, states.values())
    for (const key of statesOf(mode)) rows.append(this.row(key, state, counts?.get(key)))
    this.body.replaceChildren(rows)
    if (states) this.body.append(element('p', 'gs-legend-note', text(locale, 'legend.of', { count: formatCount(states.size) })))
    if (state.hasVillages) this.body.append(line(villageSwatch(), text(locale, 'legend.village')))
    if (state.hasIncidents) this.body.append(incidentLine(locale))
    this.body.hidden = !this.isOpen
    this.root.replaceChildren(title, this.body)
    if (focused) this.root.querySelector<HTMLElement>(`[data-state="${focused}"]`)?.focus()
  }

  /** The title opens and shuts the legend, which is shut at first on a narrow map. */
  private title(words: string): HTMLElement {
    const opener = element('button', 'gs-legend-opener', words)
    opener.type = 'button'
    opener.dataset.state = 'opener'
    opener.setAttribute('aria-expanded', String(this.isOpen))
    opener.addEventListener('click', () => {
      this.isOpen = !this.isOpen
      this.body.hidden = !this.isOpen
      opener.setAttribute('aria-expanded', String(this.isOpen))
    })
    this.root.setAttribute('aria-label', words)
    return element('h2', 'gs-legend-title', opener)
  }

  private row(key: StateKey, state: LegendState, count: number | undefined): HTMLButtonElement {
    const word = stateWord(state.locale, state.mode, key)
    const row = element('button', 'gs-legend-row', swatch(LOOKS[key]), element('span', 'gs-legend-word', word))
    row.type = 'button'
    row.dataset.state = key
    row.title = text(state.locale, 'legend.show', { name: word })
    row.setAttribute('aria-pressed', String(state.pressed === key))
    if (count !== undefined) row.append(element('span', 'gs-legend-count', formatCount(count)))
    row.addEventListener('click', () => this.press(key))
    return row
  }
}

function line(sign: HTMLElement, word: string): HTMLElement {
  return element('p', 'gs-legend-line', sign, element('span', '', word))
}

function villageSwatch(): HTMLElement {
  return swatch({ fill: '#f8f9fa', pattern: 'thin', ink: '#b9c2cb', symbol: '', symbolInk: '#b9c2cb' })
}

function incidentLine(locale: Locale): HTMLElement {
  const box = element('div', 'gs-legend-incidents', element('p', 'gs-legend-note', text(locale, 'legend.incidents')))
  const ages = element('div', 'gs-legend-ages')
  for (const age of INCIDENT_AGES) {
    const sign = element('span', `gs-incident gs-incident-${age} gs-incident-sign`, element('span', '', INCIDENT_LOOKS[age].symbol))
    ages.append(element('span', 'gs-legend-age', sign, text(locale, `incident.age.${age}`)))
  }
  box.append(ages)
  return box
}
