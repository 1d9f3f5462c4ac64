/** Border lines of a draft as a planner touches them: shared vertices, the grids at a place, and what lies near. */
import type { Position } from 'geojson'
import { placeKey } from './draft'

type Rings = readonly Position[][]

/** A vertex that can be moved, and the grids that meet there. */
export interface SharedVertex {
  place: Position
  keys: string[]
  /** Whether a border turns here or several meet; the others only follow a line. */
  isCorner: boolean
}

const TURN = (12 * Math.PI) / 180

/** Vertices between grids, those of the community's own border left out: they are frozen. */
export function movableVertices(grids: ReadonlyMap<string, Rings>, frozen: Rings): SharedVertex[] {
  const fixed = new Set(frozen.flat().map(placeKey))
  const found = new Map<string, SharedVertex>()
  for (const [key, rings] of grids) {
    for (const ring of rings) {
      ring.slice(0, -1).forEach((place, i) => {
        const name = placeKey(place)
        if (fixed.has(name)) return
        const known = found.get(name) ?? { place, keys: [], isCorner: false }
        found.set(name, known)
        if (!known.keys.includes(key)) known.keys.push(key)
        known.isCorner ||= known.keys.length > 2 || turnAt(ring, i) > TURN
      })
    }
  }
  return [...found.values()].filter(({ keys }) => keys.length > 1)
}

/** By how much a closed ring turns at a vertex, 0 to π. */
function turnAt(ring: readonly Position[], i: number): number {
  const before = ring[i === 0 ? ring.length - 2 : i - 1]
  const [here, after] = [ring[i], ring[i + 1]]
  const narrow = squash(here[1])
  const first = Math.atan2(here[1] - before[1], (here[0] - before[0]) * narrow)
  const second = Math.atan2(after[1] - here[1], (after[0] - here[0]) * narrow)
  const turn = Math.abs(second - first)
  return Math.min(turn, 2 * Math.PI - turn)
}

/** The rings with one vertex at another place, wherever it stands; null leaves it out. */
export function withVertexMoved(rings: Rings, from: Position, to: Position | null): Position[][] {
  const name = placeKey(from)
  return rings.map((ring) => ring.flatMap((place) => (placeKey(place) === name ? (to ? [to] : []) : [place])))
}

/** Degrees made alike near a place, so that distances compare; the unit is a degree of latitude. */
const squash = (lat: number): number => Math.cos((lat * Math.PI) / 180)

/** How far a place is from the nearest border of these rings, in degrees of latitude. */
export function distanceToRings([lng, lat]: Position, rings: Rings): number {
  const narrow = squash(lat)
  let best = Infinity
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const ax = (ring[i - 1][0] - lng) * narrow
      const ay = ring[i - 1][1] - lat
      const dx = (ring[i][0] - lng) * narrow - ax
      const dy = ring[i][1] - lat - ay
      const length = dx * dx + dy * dy
      const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length))
      best = Math.min(best, Math.hypot(ax + along * dx, ay + along * dy))
    }
  }
  return best
}

/** The two grids between which a drawn border lies: those whose own borders are nearest to both of its ends. */
export function pairAtEnds(grids: ReadonlyMap<string, Rings>, line: readonly Position[]): [string, string] | null {
  const first = line.at(0)
  const last = line.at(-1)
  if (!first || !last || grids.size < 2) return null
  const ranked = [...grids]
    .map(([key, rings]) => ({ key, far: Math.max(distanceToRings(first, rings), distanceToRings(last, rings)) }))
    .sort((a, b) => a.far - b.far)
  return [ranked[0].key, ranked[1].key]
}

/** Places evenly along a line, by which one asks what it runs through. */
export function alongLine(line: readonly Position[], count = 40): Position[] {
  const lengths = line.slice(1).map((place, i) => Math.hypot(place[0] - line[i][0], place[1] - line[i][1]))
  const whole = lengths.reduce((sum, each) => sum + each, 0)
  if (whole === 0) return line.slice(0, 1)
  const places: Position[] = []
  let stretch = 0
  let before = 0
  for (let step = 0; step < count; step += 1) {
    const wanted = ((step + 0.5) / count) * whole
    while (stretch < lengths.length - 1 && before + lengths[stretch] < wanted) before += lengths[stretch++]
    const share = lengths[stretch] === 0 ? 0 : (wanted - before) / lengths[stretch]
    const [a, b] = [line[stretch], line[stretch + 1]]
    places.push([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share])
  }
  return places
}

/** Which name comes most often; null among none. */
export function mostFrequent(names: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>()
  for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}
