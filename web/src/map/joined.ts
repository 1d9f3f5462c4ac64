/** Shapes drawn as one path. Joining hundreds of them takes longer than drawing them, so that is done once. */
import { boxesMeet, type Box } from '../geo/box'

interface Joinable {
  box: Box
  path: Path2D
}

/** From so many shapes in view on, or half of them, all are drawn, also those outside. */
const MANY = 300

const all = new WeakMap<readonly Joinable[], Path2D>()

/** One path of at least those of the shapes that a box shows; kept for as long as the list of shapes is. */
export function joinedPath(shapes: readonly Joinable[], shown: Box): Path2D {
  const seen = shapes.filter(({ box }) => boxesMeet(box, shown))
  if (seen.length < MANY && 2 * seen.length < shapes.length) return join(seen)
  const path = all.get(shapes) ?? join(shapes)
  all.set(shapes, path)
  return path
}

function join(shapes: readonly Joinable[]): Path2D {
  const path = new Path2D()
  for (const shape of shapes) path.addPath(shape.path)
  return path
}
