import { describe, expect, it } from 'vitest'
import { toCsv } from '../../src/model/csv'

describe('a table as CSV', () => {
  it('begins with a byte order mark and quotes what needs it', () => {
    expect(toCsv([['a', 'b,c'], ['"', null]])).toBe('\ufeffa,"b,c"\r\n"""",\r\n')
  })

  it('lets no cell be taken for a formula', () => {
    expect(toCsv([['=1+1', '-2', '@x', '3']])).toContain("'=1+1,'-2,'@x,3")
  })
})
