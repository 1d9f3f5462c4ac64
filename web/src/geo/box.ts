/** Boxes along the axes, in whatever frame their numbers are. */

export interface Box {
  minX: number
  minY: number
  maxX: number
  maxY: number
}

export function emptyBox(): Box {
  return { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
}

export function isEmpty(box: Box): boolean {
  return box.minX > box.maxX
}

/** Widens `box` in place so that it holds every point of a flat list x, y, x, y, … */
export function extendBox(box: Box, flat: ArrayLike<number>): Box {
  for (let i = 0; i < flat.length; i += 2) {
    const x = flat[i]
    const y = flat[i + 1]
    if (x < box.minX) box.minX = x
    if (x > box.maxX) box.maxX = x
    if (y < box.minY) box.minY = y
    if (y > box.maxY) box.maxY = y
  }
  return box
}

export function joinBoxes(boxes: Iterable<Box>): Box {
  const joined = emptyBox()
  for (const box of boxes) extendBox(joined, [box.minX, box.minY, box.maxX, box.maxY])
  return joined
}

export function boxesMeet(a: Box, b: Box): boolean {
  return a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY
}
