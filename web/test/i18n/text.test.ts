import en from '@dictionary/en.json'
import zh from '@dictionary/zh-CN.json'
import { expect, it } from 'vitest'
import { LAYERS } from '../../src/model/address'
import { INCIDENT_AGES, PATROL_STATES, STAFFING_STATES } from '../../src/model/status'
import { isTextKey, knownLocale, teach, text, textOr } from '../../src/i18n/text'

const places = (value: string): string[] => (value.match(/\{\w+\}/g) ?? []).sort()

it('has every text in both languages, with the same places to fill', () => {
  expect(Object.keys(en)).toEqual(Object.keys(zh))
  for (const [key, value] of Object.entries(zh)) expect(places(en[key as keyof typeof zh]), key).toEqual(places(value))
})

it('has a word for each state, layer and age', () => {
  const keys = [
    ...PATROL_STATES.flatMap((key) => [`patrol.${key}`, `reason.${key}`]),
    ...STAFFING_STATES.map((key) => `staffing.${key}`),
    ...LAYERS.map((key) => `layer.${key}`),
    ...INCIDENT_AGES.map((key) => `incident.age.${key}`),
  ]
  expect(keys.filter((key) => !isTextKey(key))).toEqual([])
})

it('English texts hold no Chinese punctuation, Chinese texts no bare English comma between words', () => {
  expect(Object.entries(en).filter(([key, value]) => key !== 'top.language' && /[，。：；（）、]/.test(value))).toEqual([])
  expect(Object.values(zh).filter((value) => /[\u4e00-\u9fff],\s?[\u4e00-\u9fff]/.test(value))).toEqual([])
})

it('fills places and leaves unknown ones as they are', () => {
  expect(text('zh-CN', 'map.moment', { moment: '2026-11-21' })).toBe('截至 2026-11-21')
  expect(text('en', 'map.moment')).toBe('As of {moment}')
  expect(textOr('en', 'category.no_such', 'no_such')).toBe('no_such')
})

it('speaks Chinese unless English is asked for', () => {
  expect(knownLocale(null)).toBe('zh-CN')
  expect(knownLocale('fr')).toBe('zh-CN')
  expect(knownLocale('en-GB')).toBe('en')
})

it('calls a class of the city what the city calls it, before the dictionary and instead of its key', () => {
  expect(textOr('en', 'category.own_class', 'own_class')).toBe('own_class')
  teach('category', [
    { key: 'own_class', name_zh: '自定义类别', name_en: 'A class of our own' },
    { key: 'noise', name_zh: '噪音', name_en: 'Din' },
  ])
  expect(textOr('zh-CN', 'category.own_class', 'own_class')).toBe('自定义类别')
  expect(textOr('en', 'category.noise', 'noise')).toBe('Din')
})
