import { expect, it } from 'vitest'
import { useTrial, type Trial } from '../../src/ui/trial'

/** Somebody who is asked about files and answers when told to. */
function desk(): { sent: string[]; trial: Trial<string, string>; answer(order: string, isRefused?: boolean): Promise<void> } {
  const sent: string[] = []
  const answers = new Map<string, (isRefused: boolean) => void>()
  const trial = useTrial<string, string>(
    (order, isTrial) => {
      const said = `${isTrial ? 'tried' : 'taken'} ${order}`
      sent.push(said)
      return new Promise((resolve, reject) => answers.set(order, (isRefused) => (isRefused ? reject(new Error(`no ${order}`)) : resolve(said))))
    },
    (cause) => (cause instanceof Error ? cause.message : ''),
  )
  const answer = async (order: string, isRefused = false): Promise<void> => {
    answers.get(order)?.(isRefused)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { sent, trial, answer }
}

it('drops what is said of a file when another one was chosen meanwhile', async () => {
  const { trial, answer } = desk()
  void trial.tryOut('a')
  void trial.tryOut('b')
  await answer('a')
  expect([trial.report.value, trial.step.value]).toEqual([null, 'trying'])
  await answer('b')
  expect([trial.report.value, trial.step.value]).toEqual(['tried b', 'waiting'])
})

it('drops a refusal of a file that is no longer chosen', async () => {
  const { trial, answer } = desk()
  void trial.tryOut('a')
  void trial.tryOut('b')
  await answer('b')
  await answer('a', true)
  expect([trial.report.value, trial.fault.value]).toEqual(['tried b', ''])
})

it('takes nothing that was not tried out', async () => {
  const { sent, trial, answer } = desk()
  expect(await trial.take()).toBe(false)
  void trial.tryOut('a')
  trial.forget()
  await answer('a')
  expect(await trial.take()).toBe(false)
  expect(sent).toEqual(['tried a'])
})

it('takes what was tried out, once', async () => {
  const { sent, trial, answer } = desk()
  void trial.tryOut('a')
  await answer('a')
  const taken = trial.take()
  await answer('a')
  expect([await taken, await trial.take()]).toEqual([true, false])
  expect(sent).toEqual(['tried a', 'taken a'])
  expect(trial.report.value).toBe('taken a')
})

it('keeps waiting for what is being taken, whatever is chosen meanwhile', async () => {
  const { sent, trial, answer } = desk()
  void trial.tryOut('a')
  await answer('a')
  const taken = trial.take()
  void trial.tryOut('b')
  trial.forget()
  await answer('a')
  expect([await taken, trial.report.value]).toEqual([true, 'taken a'])
  expect(sent).toEqual(['tried a', 'taken a'])
})

it('wants a new trial after a refusal', async () => {
  const { trial, answer } = desk()
  void trial.tryOut('a')
  await answer('a')
  const taken = trial.take()
  await answer('a', true)
  expect([await taken, trial.report.value, trial.fault.value]).toEqual([false, null, 'no a'])
  expect(await trial.take()).toBe(false)
})
