/** What the fills and lines of the planner's map mean. */
import type * as L from 'leaflet'
import { text, type Locale } from '../../i18n/text'
import { Corner, element } from '../../map/dom'
import { WORK_FILLS } from '../../map/draftpaint'
import { DEVIATION_BREAKS, signed } from '../../model/draft'

export class PlanLegend {
  private readonly root = element('div', 'gs-panel plan-legend')

  addTo(map: L.Map): this {
    new Corner(this.root, 'bottomleft').addTo(map)
    return this
  }

  render(locale: Locale): void {
    const percent = (value: number): string => `${signed(value)}%`
    const ranges = WORK_FILLS.map((_, i) => {
      if (i === 0) return `< ${percent(DEVIATION_BREAKS[0])}`
      if (i === DEVIATION_BREAKS.length) return `> ${percent(DEVIATION_BREAKS[i - 1])}`
      return `${percent(DEVIATION_BREAKS[i - 1])} ~ ${percent(DEVIATION_BREAKS[i])}`
    })
    const lines = (['today', 'draft', 'tried'] as const).map((key) =>
      element('p', 'legend-line', element('i', `line line-${key}`), text(locale, `plan.legend.${key}`)),
    )
    this.root.replaceChildren(
      element('h2', '', text(locale, 'plan.legend.work')),
      ...WORK_FILLS.map((_, i) => element('p', '', element('i', `fill fill-${i}`), ranges[i])),
      ...lines,
    )
  }
}
