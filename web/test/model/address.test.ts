import { describe, expect, it } from 'vitest'
import { EVERY_LAYER, readAddress, writeAddress } from '../../src/model/address'
import { landing } from '../../src/model/landing'

describe('the address of the page', () => {
  it('shows the same thing to whoever gets the link', () => {
    const hash = '#map=13.25/32.92000/117.38000&mode=staffing&layers=districts,grids&grid=340302001001003&at=2026-11-20T08:00:00.000Z&filter=state:vacant'
    expect(writeAddress(readAddress(hash))).toBe(hash)
  })

  it('is the plain view of now when it says nothing', () => {
    expect(readAddress('')).toEqual({ extent: null, mode: 'patrol', layers: EVERY_LAYER, grid: null, moment: null, filter: null })
  })

  it('drops what makes no sense', () => {
    const state = readAddress('#map=99/north/east&mode=rainbow&at=tomorrow&filter=state:purple&layers=grids,tanks')
    expect(state).toMatchObject({ extent: null, mode: 'patrol', moment: null, filter: null })
    expect([...state.layers]).toEqual(['grids'])
  })

  it('can hide every layer', () => {
    expect(readAddress('#layers=').layers.size).toBe(0)
  })
})

describe('after logging in', () => {
  it('one returns to the page one came from', () => {
    expect(landing('/command#grid=1', ['commander'])).toBe('/command#grid=1')
  })

  it('nobody is sent to another site', () => {
    expect(landing('//elsewhere.example', ['commander'])).toBe('/command')
    expect(landing('/\t/elsewhere.example', ['commander'])).toBe('/command')
    expect(landing('/\n\\elsewhere.example', ['commander'])).toBe('/command')
    expect(landing('/.//elsewhere.example', ['commander'])).toBe('/command')
    expect(landing('/\t\\elsewhere.example:x', ['commander'])).toBe('/command')
    expect(landing('javascript:alert(1)', ['commander'])).toBe('/command')
    expect(landing('https://elsewhere.example', ['commander'])).toBe('/command')
    expect(landing('/\\elsewhere.example', ['commander'])).toBe('/command')
  })

  it('a worker goes to the phone page', () => {
    expect(landing(null, ['worker'])).toBe('/visit')
    expect(landing(null, ['worker', 'dispatcher'])).toBe('/command')
  })
})
