import { expect, it } from 'vitest'
import { COMPARE_KEY, DIVIDE_KEY, strokeMeans, TOOL_KEYS, TOOLS } from '../../src/model/tools'

const stroke = (key: string, ctrl = false, shift = false) => strokeMeans({ key, ctrl, shift })

it('has a key of its own for every tool', () => {
  const keys = [...TOOLS.map((tool) => TOOL_KEYS[tool]), DIVIDE_KEY, COMPARE_KEY]
  expect(new Set(keys).size).toBe(keys.length)
  for (const tool of TOOLS) expect(stroke(TOOL_KEYS[tool].toLowerCase())).toEqual({ tool })
})

it('undoes and does again', () => {
  expect(stroke('z', true)).toEqual({ action: 'undo' })
  expect(stroke('Z', true, true)).toEqual({ action: 'redo' })
  expect(stroke('y', true)).toEqual({ action: 'redo' })
})

it('leaves the browser its own strokes', () => {
  for (const key of ['s', 'p', 'c']) expect(stroke(key, true)).toBeNull()
  expect(stroke('Tab')).toBeNull()
})
