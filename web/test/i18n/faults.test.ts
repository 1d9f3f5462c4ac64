import { expect, it, vi } from 'vitest'

vi.hoisted(() => {
  vi.stubGlobal('document', { cookie: '', documentElement: {}, createElement: () => ({}) })
  vi.stubGlobal('location', { protocol: 'http:' })
})

import { RequestRefused, Unreachable, type Problem } from '../../src/api/client'
import { locale } from '../../src/i18n/current'
import { besideWords, causeWords, faultWords, placeWords } from '../../src/i18n/faults'

function refused(code: string, faults: NonNullable<Problem['faults']> = [], status = 422): RequestRefused {
  return new RequestRefused(status, code, 'The service says this.', { faults })
}

it('says in Chinese what a code means, and names a code that is not known here', () => {
  locale.value = 'zh-CN'
  expect(faultWords('unknown_parent', 'x lies in y')).toBe('上级区划未登记，请先导入上级')
  expect(faultWords('of_tomorrow', 'Something new is wrong.')).toBe('内容不符合要求（代码 of_tomorrow）')
})

it('says in English what the service says of a code that is not known here', () => {
  locale.value = 'en'
  expect(faultWords('of_tomorrow', 'Something new is wrong.')).toBe('Something new is wrong.')
})

it('finds the words of drawing and of the health of the net too', () => {
  locale.value = 'zh-CN'
  expect([faultWords('sliver'), faultWords('unmatched_border')]).toEqual(['会留下过窄或过小的碎块', '边界不吻合'])
})

it('keeps feature, row, cell, column and field', () => {
  locale.value = 'zh-CN'
  expect(['feature 3', 'row 7, role', 'cell B7', 'line 4', 'column username', 'body.permissions.3', 'body', '340302001001002'].map(placeWords)).toEqual([
    '第 3 个要素',
    '第 7 行 · 角色',
    '单元格 B7',
    '第 4 行',
    '“用户名”列',
    '权限',
    '',
    '340302001001002',
  ])
})

it('keeps the values that stand in an English sentence', () => {
  locale.value = 'zh-CN'
  expect(besideWords('the code 340302001001 stands at feature 3 too')).toBe('340302001001 · 第 3 个要素')
  expect(besideWords('the code is missing (field GRID_CODE)')).toBe('字段 GRID_CODE')
  expect(besideWords('self-intersection [117.3 32.91]')).toBe('位置 117.3 32.91')
  expect(besideWords('The column 工号 is missing.')).toBe('工号')
  expect(besideWords('vertex is at 117.1234567° E, 32.9° N')).toBe('')
})

it('names each place of a refusal once, and counts what is too much', () => {
  locale.value = 'zh-CN'
  const one = { place: 'body.until', code: 'out_of_range', message: 'A grant cannot end in the past.' }
  expect(causeWords(refused('invalid_input', [one, one]))).toBe('结束时间 超出允许的范围')
  const many = Array.from({ length: 8 }, (_, n) => ({ place: `feature ${n + 1}`, code: 'missing', message: '' }))
  const said = causeWords(refused('invalid_input', many))
  expect(said).toContain('第 5 个要素')
  expect(said).not.toContain('第 6 个要素')
  expect(said).toContain('共 8 处')
})

it('tells a refusal without places by its code, and one that the service did not write by its number', () => {
  locale.value = 'zh-CN'
  expect(causeWords(refused('storage_full', [], 503))).toBe('服务器磁盘已满，没有保存')
  expect(causeWords(refused('413', [], 413))).toBe('服务器出错（413）')
  expect(causeWords(new Unreachable('away'))).toBe('连接不上服务器。请检查网络，然后重试。')
})
