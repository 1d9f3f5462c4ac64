/** Names of grids, known once the map's documents are there. */
import { shallowRef } from 'vue'
import { gridTitle } from '../../map/popup'
import type { CityMap } from '../../map/citymap'

const namedBy = shallowRef<CityMap | null>(null)

export function nameBy(city: CityMap): void {
  namedBy.value = city
}

/** `曹山社区 第一网格`, or the code while names are not there yet. */
export function gridName(code: string): string {
  const city = namedBy.value
  const shape = city?.scene.gridByCode.get(code)
  return city && shape ? gridTitle(city, shape) : code
}
