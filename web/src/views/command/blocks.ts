/** Fetches the blocks of what is seen, when one looks closely enough. */
import * as api from '../../api/resources'
import { Unreachable } from '../../api/client'
import type { CityMap } from '../../map/citymap'

const FROM_ZOOM = 15

/** Returns how to stop. */
export function followBlocks(city: CityMap): () => void {
  let asking: AbortController | null = null
  const look = (): void => {
    asking?.abort()
    asking = null
    if (city.map.getZoom() < FROM_ZOOM || !city.layers.has('blocks')) return
    asking = new AbortController()
    const bounds = city.map.getBounds().pad(0.1)
    const bbox = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((n) => n.toFixed(6)).join(',')
    api.blocks(bbox, asking.signal).then((found) => city.setBlocks(found), ignoreAway)
  }
  city.map.on('moveend', look)
  look()
  return () => {
    asking?.abort()
    city.map.off('moveend', look)
  }
}

/** Blocks are a help for the eye: without them the map stands, so being away or overtaken is no fault here. */
function ignoreAway(fault: unknown): void {
  if (fault instanceof Unreachable || (fault instanceof DOMException && fault.name === 'AbortError')) return
  throw fault
}
