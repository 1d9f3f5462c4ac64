/** What waits for this worker besides duties: incidents to take on or taken on, and hand-overs to confirm. */
import { computed, shallowRef } from 'vue'
import { Unreachable } from '../../api/client'
import { keep, kept } from '../../api/outbox'
import * as people from '../../api/people'
import * as phone from '../../api/phone'
import { session } from './state'

export const cases = shallowRef<phone.OwnCase[]>([])
export const handovers = shallowRef<people.Handover[]>([])
/** Whether this is what the phone remembers, because the service cannot be reached. */
export const isRemembered = shallowRef(false)

export const toAccept = computed(() => cases.value.filter((one) => one.accepted_at === null))
export const accepted = computed(() => cases.value.filter((one) => one.accepted_at !== null))
/** Hand-overs that wait for this worker and nobody else. */
export const toConfirm = computed(() => handovers.value.filter(waitsForMe))

interface Remembered {
  account: string
  cases: phone.OwnCase[]
  handovers: people.Handover[]
}

const REMEMBERED = 'visit-own'

function waitsForMe(one: people.Handover): boolean {
  const me = session.value?.account.worker?.id
  if (one.state === 'open') return one.giver.worker_id === me
  return one.state === 'given' && one.taker?.worker_id === me && Date.parse(one.effective_at) <= Date.now()
}

export async function loadOwn(): Promise<void> {
  const account = session.value?.account.username ?? ''
  try {
    const [mine, waiting] = await Promise.all([phone.ownCases(), people.ownHandovers()])
    cases.value = mine
    handovers.value = waiting
    isRemembered.value = false
    if (session.value) await keep(REMEMBERED, { account, cases: mine, handovers: waiting } satisfies Remembered)
  } catch (fault) {
    if (!(fault instanceof Unreachable)) throw fault
    isRemembered.value = true
    const known = await kept<Remembered>(REMEMBERED)
    if (known?.account !== account) return
    cases.value = known.cases
    handovers.value = known.handovers
  }
}

/**
 * Takes an incident on. It counts when the service says so, and is not kept for later like a visit: sent hours afterwards
 * it would take the incident from whoever took it on meanwhile.
 */
export async function accept(one: phone.OwnCase): Promise<void> {
  await phone.acceptCase(one.incident_id)
  await loadOwn()
}
