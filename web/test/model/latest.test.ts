import { expect, it, vi } from 'vitest'
import { Latest } from '../../src/model/latest'

/** Somebody who answers when told to. */
function desk(): { asked: string[]; shown: string[]; failed: string[]; latest: Latest<string, string>; answer(): Promise<void> } {
  const asked: string[] = []
  const shown: string[] = []
  const failed: string[] = []
  const answers: (() => void)[] = []
  const latest = new Latest<string, string>(
    (question) => {
      asked.push(question)
      return new Promise((resolve, reject) => answers.push(() => (question === 'bad' ? reject(new Error('no')) : resolve(question.toUpperCase()))))
    },
    (_question, answer) => shown.push(answer),
    (question) => failed.push(question),
    10,
  )
  const answer = async (): Promise<void> => {
    answers.shift()?.()
    await vi.advanceTimersByTimeAsync(20)
  }
  return { asked, shown, failed, latest, answer }
}

it('asks only the first and the newest of many questions', async () => {
  vi.useFakeTimers()
  const { asked, shown, latest, answer } = desk()
  for (const question of ['a', 'b', 'c']) latest.want(question)
  await answer()
  await answer()
  expect(asked).toEqual(['a', 'c'])
  expect(shown).toEqual(['A', 'C'])
})

it('drops an answer nobody waits for any more', async () => {
  vi.useFakeTimers()
  const { shown, latest, answer } = desk()
  latest.want('a')
  latest.drop()
  await answer()
  latest.want('b')
  await answer()
  expect(shown).toEqual(['B'])
})

it('goes on after a fault', async () => {
  vi.useFakeTimers()
  const { shown, failed, latest, answer } = desk()
  latest.want('bad')
  await answer()
  latest.want('good')
  await answer()
  expect([failed, shown]).toEqual([['bad'], ['GOOD']])
})
