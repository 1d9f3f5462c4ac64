import { expect, it } from 'vitest'
import { clusterSpots } from '../../src/model/clusters'
import { placeLabels } from '../../src/model/placing'

it('a cluster shows the worst state inside', () => {
  const [cluster] = clusterSpots([{ x: 1, y: 1, age: 'fresh' }, { x: 3, y: 3, age: 'old' }, { x: 2, y: 2, age: 'days' }], 10)
  expect(cluster.worst).toBe('old')
  expect(cluster.members).toHaveLength(3)
  expect([cluster.x, cluster.y].map((n) => Math.round(n * 1e9) / 1e9)).toEqual([2, 2])
})

it('spots far apart stay apart, and none is lost', () => {
  const spots = [0, 5, 50, 55, -5].map((x) => ({ x, y: 0, age: 'fresh' as const }))
  const clusters = clusterSpots(spots, 10)
  expect(clusters).toHaveLength(3)
  expect(clusters.flatMap(({ members }) => members)).toHaveLength(5)
})

it('of two names in one place the more important stands', () => {
  const box = { minX: 0, minY: 0, maxX: 50, maxY: 12 }
  const far = { minX: 200, minY: 0, maxX: 250, maxY: 12 }
  const placed = placeLabels([
    { name: '社区', rank: 2, boxes: [box] },
    { name: '街道', rank: 1, boxes: [box] },
    { name: '远处', rank: 2, boxes: [far] },
  ])
  expect(placed.map(({ wish }) => wish.name)).toEqual(['街道', '远处'])
})

it('a name steps aside for what already stands there', () => {
  const above = { minX: 0, minY: 0, maxX: 50, maxY: 12 }
  const below = { minX: 0, minY: 20, maxX: 50, maxY: 32 }
  expect(placeLabels([{ rank: 1, boxes: [above, below] }], [above])[0].box).toBe(below)
  expect(placeLabels([{ rank: 1, boxes: [above] }], [above])).toEqual([])
})
