import { expect, it } from 'vitest'
import { readWeights, writeWeights } from '../../src/model/weights'

it('reads and writes what the workload of a grid is made of', () => {
  const text = 'households=1,incidents=2.5'
  expect(readWeights(text)).toEqual({ households: 1, incidents: 2.5 })
  expect(writeWeights(readWeights(text))).toBe(text)
})
