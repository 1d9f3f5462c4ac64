import { describe, expect, it } from 'vitest'
import { formatCount, formatShare, sparkline } from '../../src/model/figures'
import { formatDay, formatMoment, formatShort, fromField, isSameDay, toField } from '../../src/model/moments'

const SHANGHAI = 'Asia/Shanghai'

describe('a moment', () => {
  it('is shown in the city’s time, whatever the time of the device', () => {
    const moment = new Date('2026-11-20T16:30:00Z')
    expect(formatMoment(moment, SHANGHAI)).toBe('2026-11-21 00:30')
    expect(formatDay(moment, SHANGHAI)).toBe('2026-11-21')
    expect(formatShort(moment, SHANGHAI)).toBe('11-21 00:30')
  })

  it('is chosen in the city’s time', () => {
    expect(fromField('2026-11-21T00:30', SHANGHAI)?.toISOString()).toBe('2026-11-20T16:30:00.000Z')
    expect(toField(new Date('2026-11-20T16:30:00Z'), SHANGHAI)).toBe('2026-11-21T00:30')
    expect(fromField('', SHANGHAI)).toBeNull()
  })

  it('survives the change of clocks where there is one', () => {
    for (const field of ['2026-03-29T01:30', '2026-03-29T04:30', '2026-10-25T04:30']) {
      const moment = fromField(field, 'Europe/Berlin')
      expect(moment && toField(moment, 'Europe/Berlin')).toBe(field)
    }
  })

  it('belongs to the day of the city', () => {
    expect(isSameDay(new Date('2026-11-20T16:30:00Z'), new Date('2026-11-21T10:00:00Z'), SHANGHAI)).toBe(true)
    expect(isSameDay(new Date('2026-11-20T15:30:00Z'), new Date('2026-11-20T16:30:00Z'), SHANGHAI)).toBe(false)
  })
})

describe('a figure', () => {
  it('of nothing is a dash, never 0 %', () => {
    expect(formatShare(0, 0)).toBe('—')
    expect(formatShare(0, 10)).toBe('0.0%')
    expect(formatShare(66, 155)).toBe('42.6%')
  })

  it('groups its digits by three', () => {
    expect(formatCount(1234567)).toBe('1,234,567')
    expect(formatCount(999)).toBe('999')
  })

  it('draws a line through its days, flat ones in the middle', () => {
    expect(sparkline([1, 1, 1], 10, 8)).toEqual({ whole: 'M0.0 4.0L5.0 4.0', last: 'M5.0 4.0L10.0 4.0' })
    expect(sparkline([0, 4, 2], 10, 8)).toEqual({ whole: 'M0.0 8.0L5.0 0.0', last: 'M5.0 0.0L10.0 4.0' })
    expect(sparkline([3], 10, 8).whole).toBe('')
  })
})
