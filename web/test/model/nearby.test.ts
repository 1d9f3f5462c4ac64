import { describe, expect, it } from 'vitest'
import { distanceM, roundedM } from '../../src/model/nearby'

describe('how far something is', () => {
  it('is nothing for the same place', () => {
    expect(distanceM({ x: 117.38, y: 32.93 }, { x: 117.38, y: 32.93 })).toBe(0)
  })

  it('is a hundredth of a degree of latitude, about 1.1 km', () => {
    expect(distanceM({ x: 117.38, y: 32.93 }, { x: 117.38, y: 32.94 })).toBeCloseTo(1112, 0)
  })

  it('is less along a parallel than along a meridian', () => {
    expect(distanceM({ x: 117.38, y: 32.93 }, { x: 117.39, y: 32.93 })).toBeCloseTo(933, 0)
  })

  it('is rounded as people say it', () => {
    expect([roundedM(43), roundedM(996), roundedM(1340)]).toEqual([40, 1000, 1300])
  })
})
