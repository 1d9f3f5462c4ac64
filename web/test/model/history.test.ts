import { describe, expect, it } from 'vitest'
import { askedBy, changedRows, countsOf, fragmentOf, justBefore, numberOf, percentOf, versionAt } from '../../src/model/history'

const row = (old_code: string, new_code: string, operation = 'split') => ({ old_code, new_code, operation })

describe('shares', () => {
  it('are per cent of a million parts, and never rounded to all or nothing', () => {
    expect([1_000_000, 450_000, 123_456, 0, 12, 999_999].map(percentOf)).toEqual(['100%', '45%', '12.3%', '0%', '<0.1%', '>99.9%'])
  })
})

describe('codes', () => {
  it('are known by the figures at their end', () => {
    expect([numberOf('340302001001007'), numberOf('X-7')]).toEqual(['007', 'X-7'])
  })
})

describe('rows', () => {
  it('of grids that stayed the same tell no change', () => {
    const rows = [row('1', '1', 'same'), row('2', '2'), row('2', '3'), row('4', '5')]
    expect(changedRows(rows)).toHaveLength(3)
    expect(countsOf(rows)).toEqual({ ended: 1, begun: 2, redrawn: 1 })
  })
})

describe('the address', () => {
  it('tells what was asked and leaves out what is no moment', () => {
    const asked = { since: '2026-01-01T00:00:00+08:00', until: null, community: '340302001001', code: null, map: '14/32.9/117.3' }
    expect(askedBy(fragmentOf(asked))).toEqual(asked)
    expect(askedBy('#since=yesterday').since).toBeNull()
  })

  it('can name the instant before a plan took effect', () => {
    expect(justBefore('2026-01-01T00:00:00.000Z')).toBe('2025-12-31T23:59:59.999Z')
  })
})

describe('the version in effect', () => {
  const versions = [{ effective_at: '2026-01-01T00:00:00+08:00' }, { effective_at: '2026-02-01T00:00:00+08:00' }]

  it('is the last that had begun by then', () => {
    expect(versionAt(versions, '2026-01-31T15:59:59Z')).toBe(versions[0])
    expect(versionAt(versions, '2026-01-31T16:00:00Z')).toBe(versions[1])
    expect(versionAt(versions, '2025-12-31T00:00:00Z')).toBeUndefined()
  })
})
