import { describe, expect, it } from 'vitest'
import { LOOKS } from '../../src/map/palette'
import { statesOf, type Mode } from '../../src/model/status'

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['patrol', 'staffing'] as Mode[])('the states of %s', (mode) => {
  const looks = statesOf(mode).map((key) => LOOKS[key])

  it('each have a symbol of their own', () => {
    expect(new Set(looks.map((look) => look.symbol)).size).toBe(looks.length)
  })

  it('differ by pattern or outline as well, so that colour never tells alone', () => {
    const signs = looks.map((look) => `${look.pattern}${look.outline ?? ''}${look.pattern === 'plain' ? look.fill : ''}`)
    expect(new Set(signs).size).toBe(looks.length)
  })

  it('show their symbol clearly', () => {
    for (const look of looks) expect(contrast(look.fill, look.symbolInk), look.symbol).toBeGreaterThan(3)
  })
})
