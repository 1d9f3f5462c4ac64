import { expect, test } from 'vitest'
import { remembered, toRemember } from '../../src/i18n/remember'

test('over TLS the language is kept in a cookie of this host alone, which goes by TLS alone', () => {
  const set = toRemember('en', 'https:')
  expect(set).toMatch(/^__Host-gridsvc_locale=en; path=\/; .*; secure$/)
  expect(set).not.toContain('domain')
  expect(remembered('a=b; __Host-gridsvc_locale=en', 'https:')).toBe('en')
  expect(remembered('gridsvc_locale=en', 'https:')).toBeUndefined()
})

test('without TLS, on the machine itself, it has no prefix, which browsers would refuse', () => {
  expect(toRemember('zh-CN', 'http:')).not.toContain('secure')
  expect(remembered('gridsvc_locale=zh-CN; x=y', 'http:')).toBe('zh-CN')
  expect(remembered('', 'http:')).toBeUndefined()
})
