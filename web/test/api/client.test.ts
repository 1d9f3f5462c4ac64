import { afterEach, describe, expect, it, vi } from 'vitest'
import { address, ask, isUnauthenticated, RequestRefused, Unreachable } from '../../src/api/client'

afterEach(() => vi.unstubAllGlobals())

function answerWith(status: number, body: unknown): void {
  vi.stubGlobal('fetch', vi.fn(async () => new Response(status === 204 ? null : JSON.stringify(body), { status })))
}

it('leaves out what is not asked for', () => {
  expect(address('/status', { as_of: null })).toBe('/api/v1/status')
  expect(address('/search', { q: '蚌山 区', limit: 5 })).toBe('/api/v1/search?q=%E8%9A%8C%E5%B1%B1+%E5%8C%BA&limit=5')
  expect(address('/api/v1/documents/grids/1.json')).toBe('/api/v1/documents/grids/1.json')
})

describe('an answer', () => {
  it('without content is null', async () => {
    answerWith(204, null)
    expect(await ask('/session', { method: 'DELETE' })).toBeNull()
  })

  it('that refuses carries the word of its problem document', async () => {
    answerWith(401, { code: 'unauthenticated', detail: 'Log in.' })
    const fault = await ask('/status').catch((cause: unknown) => cause)
    expect(fault).toBeInstanceOf(RequestRefused)
    expect(isUnauthenticated(fault)).toBe(true)
  })

  it('that is no problem document still has its number', async () => {
    vi.stubGlobal('fetch', vi.fn(async () => new Response('<html>', { status: 500 })))
    expect(await ask('/status').catch((cause: RequestRefused) => cause.code)).toBe('500')
  })

  it('that never comes means the server is away', async () => {
    vi.stubGlobal('fetch', vi.fn(async () => Promise.reject(new TypeError('failed to fetch'))))
    await expect(ask('/status')).rejects.toBeInstanceOf(Unreachable)
  })
})

it('marks every request that changes something as our own page’s', async () => {
  answerWith(201, {})
  await ask('/visits', { method: 'POST', body: {}, idempotencyKey: 'k' })
  const [, init] = vi.mocked(fetch).mock.calls[0]
  expect(init?.headers).toMatchObject({ 'X-Gridsvc': 'web', 'Idempotency-Key': 'k' })
})
