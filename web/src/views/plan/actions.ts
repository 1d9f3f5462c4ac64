/** What a planner does to a plan: draw, undo, hand in, decide, publish. Each takes up the answer or says why not. */
import * as plans from '../../api/plans'
import { RequestRefused } from '../../api/client'
import { t } from '../../i18n/current'
import { applied } from '../../model/draft'
import { Latest } from '../../model/latest'
import { formatMoment } from '../../model/moments'
import { blocks, complain, cutting, draft, forgetTrial, isDrawable, loadCommunity, loadRest, marked, notice, plan, planId, rebased, reload, say, shown, trial, zone } from './state'
import { blockWord, faultText } from './words'

interface Question {
  operation: plans.Operation
  at: { x: number; y: number }
}

const trying = new Latest<Question, plans.Outcome>(
  ({ operation }) => {
    const now = draft.value
    if (!now) return Promise.reject(new Error('no draft'))
    return plans.operate(planId(), now.community, operation, { ifMatch: now.revision, preview: true, confirmed: true })
  },
  ({ at }, { consequences, changed }) => {
    trial.value = { ...at, consequences, changed: changed.features, refusal: '' }
  },
  ({ at }, fault) => {
    if (fault instanceof RequestRefused && fault.status === 412) return complain(fault)
    trial.value = { ...at, consequences: null, changed: [], refusal: faultText(fault) }
  },
)

/** Shows beside the pointer what an operation would come to; null: nothing. */
export function tryOut(operation: plans.Operation | null, at: { x: number; y: number }): void {
  if (!operation || !isDrawable.value || shown.isBusy) return forget()
  if (trial.value) trial.value = { ...trial.value, ...at }
  trying.want({ operation, at })
}

export function forget(): void {
  trying.drop()
  forgetTrial()
}

/** Does one thing at a time; what is refused is said and changes nothing. */
async function alone(act: () => Promise<void>): Promise<void> {
  if (shown.isBusy) return
  shown.isBusy = true
  rebased.value = null
  notice.value = null
  marked.value = null
  forget()
  try {
    await act()
  } catch (fault) {
    complain(fault)
  } finally {
    shown.isBusy = false
  }
}

function takeUp(outcome: plans.Outcome): void {
  const now = draft.value
  const known = plan.value
  if (!now || !known) return
  draft.value = applied(now, outcome)
  plan.value = { ...known, revision: outcome.revision, position: outcome.position, can_redo: false }
  shown.chosen = shown.chosen.filter((key) => draft.value?.grids.has(key))
}

export function commit(operation: plans.Operation, confirmed = false): Promise<void> {
  return alone(async () => {
    const now = draft.value
    if (!now || !isDrawable.value) return
    try {
      const outcome = await plans.operate(planId(), now.community, operation, { ifMatch: now.revision, confirmed })
      takeUp(outcome)
      followUp(operation, outcome)
      void loadRest().catch(complain)
    } catch (fault) {
      if (!(fault instanceof RequestRefused) || fault.code !== 'cuts_blocks') throw fault
      marked.value = fault.problem.faults?.find(({ geometry }) => geometry)?.geometry ?? null
      // The refusal names the blocks in its words; those of this community are known by their codes.
      const cut = blocks.value?.features.filter(({ properties }) => fault.detail.includes(properties.code)) ?? []
      cutting.value = { operation, names: cut.map(({ properties }) => blockWord(properties)) }
    }
  })
}

/** What one will want to have chosen next: the new grid of a split or a carving. */
function followUp(operation: plans.Operation, { changed }: plans.Outcome): void {
  if (operation.kind === 'merge') shown.chosen = changed.features.map((feature) => feature.properties.key)
  if (operation.kind !== 'carve') return
  const fresh = changed.features.map(({ properties }) => properties).filter(({ drawn_from }) => !drawn_from)
  shown.chosen = fresh.slice(-1).map(({ key }) => key)
}

export function confirmCut(): void {
  const asked = cutting.value
  cutting.value = null
  if (asked) void commit(asked.operation, true)
}

export function step(way: 'undo' | 'redo'): Promise<void> {
  return alone(async () => {
    const known = plan.value
    if (!known || !isDrawable.value) return
    const outcome = await plans[way](known.id, known.revision)
    if (outcome.community === draft.value?.community) takeUp(outcome)
    else await loadCommunity(outcome.community)
    plan.value = await plans.plan(known.id)
    void loadRest().catch(complain)
  })
}

/** A decision about the plan; what comes back is the plan as it is then. */
export function decide(name: plans.Step, comment?: string): Promise<void> {
  return alone(async () => {
    const known = plan.value
    if (!known) return
    plan.value = await plans.step(known.id, name, known.revision, comment)
    shown.dialog = null
    shown.tool = 'select'
    say('good', t(`plan.done.${name.replace('-', '_')}` as 'plan.done.submit'))
    if (draft.value) draft.value = { ...draft.value, revision: plan.value.revision }
    await loadRest()
  })
}

export function publish(effectiveAt: string | null): Promise<void> {
  return alone(async () => {
    const known = plan.value
    if (!known) return
    const done = await plans.publish(known.id, effectiveAt, known.revision)
    shown.dialog = null
    const moment = formatMoment(new Date(done.effective_at), zone.value)
    say('good', t('plan.done.publish', { number: done.net_number, moment, closed: done.grids_closed, opened: done.grids_opened }))
    await reload()
  })
}

export function edit(wanted: object): Promise<void> {
  return alone(async () => {
    const known = plan.value
    if (!known) return
    plan.value = await plans.editPlan(known.id, wanted, known.revision)
    shown.dialog = null
    if (draft.value) draft.value = { ...draft.value, revision: plan.value.revision }
  })
}

/** Draws the draft anew on the net of now; what could not be done again stays listed. */
export function rebase(): Promise<void> {
  return alone(async () => {
    if (!plan.value) return
    const done = await plans.rebase(plan.value.id, plan.value.revision)
    await reload()
    rebased.value = done
    say(done.left_out.length > 0 ? 'fault' : 'good', t(done.left_out.length > 0 ? 'plan.rebased_partly' : 'plan.rebased', { again: done.done_again, lost: done.left_out.length }))
  })
}

/** A new draft with the borders from before; the page goes there. */
export function revert(): Promise<void> {
  return alone(async () => {
    if (!plan.value) return
    const made = await plans.revert(plan.value.id, crypto.randomUUID())
    location.assign(`/plan/${made.id}`)
  })
}
