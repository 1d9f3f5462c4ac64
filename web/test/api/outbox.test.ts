import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { discard, hold, newId, sendWaiting, waitingOf, type WaitingVisit } from '../../src/api/outbox'

const ACCOUNT = 'worker'

function visit(name: string, created_at: number): WaitingVisit {
  const body = { client_id: name, kind: 'care_visit', grid_code: 'G', occurred_at: '2026-11-21T08:00:00Z', result: 'done' as const }
  return { client_id: name, account: ACCOUNT, visit: body, title: name, created_at, refused: null }
}

/** A server that answers each visit of a batch, or the message as a whole when that is what the first answer says. */
function server(answers: (sent: string) => number | 'away'): string[] {
  const taken: string[] = []
  vi.stubGlobal(
    'fetch',
    vi.fn(async (_path: string, init: RequestInit) => {
      const sent = (JSON.parse(String(init.body)) as { visits: { client_id: string }[] }).visits.map((one) => one.client_id)
      const said = sent.map(answers)
      if (said.includes('away')) throw new TypeError('failed to fetch')
      const whole = said.find((answer) => answer !== 201 && answer !== 422)
      if (whole) return new Response(JSON.stringify({ code: 'refused', detail: 'not here' }), { status: whole as number })
      const items = sent.map((client_id, place) => {
        if (said[place] === 422) return { client_id, status: 'refused', detail: 'not here', faults: [{ place: 'door_code', code: 'unknown_door', message: 'not here' }] }
        taken.push(client_id)
        return { client_id, status: 'stored', faults: [] }
      })
      return new Response(JSON.stringify({ items }), { status: 200 })
    }),
  )
  return taken
}

const names = async (account = ACCOUNT): Promise<string[]> => (await waitingOf(account)).map((entry) => entry.client_id)

beforeEach(async () => {
  for (const entry of await waitingOf(ACCOUNT)) await discard(entry.client_id)
})
afterEach(() => vi.unstubAllGlobals())

describe('a visit on the phone', () => {
  it('is sent oldest first and leaves the phone only when the server has it', async () => {
    await hold(visit('second', 2))
    await hold(visit('first', 1))
    const taken = server(() => 201)
    expect(await sendWaiting(ACCOUNT)).toBe('all_sent')
    expect(taken).toEqual(['first', 'second'])
    expect(await names()).toEqual([])
  })

  it.each([
    ['away' as const, 'unreachable'],
    [503, 'unreachable'],
    [429, 'unreachable'],
    [401, 'login_needed'],
  ])('stays when the answer is %s', async (answer, outcome) => {
    await hold(visit('kept', 1))
    server(() => answer)
    expect(await sendWaiting(ACCOUNT)).toBe(outcome)
    expect(await names()).toEqual(['kept'])
  })

  it('that is refused stays with its reason and does not hold up the next', async () => {
    await hold(visit('bad', 1))
    await hold(visit('good', 2))
    const taken = server((key) => (key === 'bad' ? 422 : 201))
    expect(await sendWaiting(ACCOUNT)).toBe('all_sent')
    expect(taken).toEqual(['good'])
    expect((await waitingOf(ACCOUNT))[0]).toMatchObject({ client_id: 'bad', refused: 'not here', codes: ['unknown_door'] })
  })

  it('goes alone when the message as a whole is not taken, so that the wrong one is found', async () => {
    await hold(visit('odd', 1))
    await hold(visit('fine', 2))
    const taken = server((key) => (key === 'odd' ? 400 : 201))
    expect(await sendWaiting(ACCOUNT)).toBe('all_sent')
    expect(taken).toEqual(['fine'])
    expect((await waitingOf(ACCOUNT))[0]).toMatchObject({ client_id: 'odd', refused: 'not here', codes: ['refused'] })
  })

  it('travels with fifty others at most', async () => {
    for (let n = 0; n < 120; n += 1) await hold(visit(`n${n}`, n))
    const taken = server(() => 201)
    await sendWaiting(ACCOUNT)
    expect(taken.length).toBe(120)
    expect(vi.mocked(fetch).mock.calls.length).toBe(3)
  })

  it('never goes out under another login', async () => {
    await hold(visit('mine', 1))
    const taken = server(() => 201)
    await sendWaiting('somebody-else')
    expect(taken).toEqual([])
    expect(await names()).toEqual(['mine'])
  })

  it('keeps its identifier through every attempt', async () => {
    await hold(visit('same', 1))
    let attempts = 0
    const taken = server(() => (++attempts < 3 ? 'away' : 201))
    for (let i = 0; i < 3; i += 1) await sendWaiting(ACCOUNT)
    expect(taken).toEqual(['same'])
  })
})

it('makes random identifiers also where the browser has no own way', () => {
  vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.map((_, i) => i * 16 + 7) })
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
