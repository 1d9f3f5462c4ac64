/** Something that is tried out before it is taken: what is reported and what is taken are always the same. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'

type Step = 'waiting' | 'trying' | 'taking'

export interface Trial<Order, Report> {
  /** What was said of the order that would be taken; null while nothing was. */
  report: ShallowRef<Report | null>
  fault: Ref<string>
  step: Ref<Step>
  /** Tries another order; what was said or will be said of earlier ones is dropped. */
  tryOut(order: Order): Promise<void>
  /** Takes the order that was tried out last; true when it was taken. */
  take(): Promise<boolean>
  /** Drops what was tried out: the form says something else now. */
  forget(): void
}

/** `send` must not look at the form again: an order is a value that holds all that goes. */
export function useTrial<Order, Report>(
  send: (order: Order, isTrial: boolean) => Promise<Report>,
  explain: (cause: unknown) => string,
): Trial<Order, Report> {
  const report = shallowRef<Report | null>(null)
  const fault = ref('')
  const step = ref<Step>('waiting')
  let tried: { order: Order } | null = null
  let generation = 0

  function forget(): void {
    if (step.value === 'taking') return // what is being taken cannot be called back, and its answer is wanted
    generation += 1
    tried = null
    report.value = null
    fault.value = ''
    step.value = 'waiting'
  }

  async function tryOut(order: Order): Promise<void> {
    if (step.value === 'taking') return
    forget()
    const mine = generation
    step.value = 'trying'
    try {
      const said = await send(order, true)
      if (mine !== generation) return
      report.value = said
      tried = { order }
    } catch (cause) {
      if (mine !== generation) return
      fault.value = explain(cause)
    }
    step.value = 'waiting'
  }

  async function take(): Promise<boolean> {
    if (tried === null || step.value !== 'waiting') return false
    const { order } = tried
    tried = null
    step.value = 'taking'
    fault.value = ''
    try {
      report.value = await send(order, false)
      return true
    } catch (cause) {
      report.value = null
      fault.value = explain(cause)
      return false
    } finally {
      step.value = 'waiting'
    }
  }

  return { report, fault, step, tryOut, take, forget }
}
