/** What a tap on a card opens: the form for a grid, for a person to be visited, or for something that was found. */
import type { CareDuty, GridDuty } from '../../api/phone'
import type { OwnGrid } from '../../api/wire'
import { locale, t } from '../../i18n/current'
import { stateWord } from '../../map/words'
import { formatShort } from '../../model/moments'
import { fullName } from '../../model/naming'
import { grids, page, synced, zone } from './state'

/** A grid by name, also one that is only known from the list of the day. */
export function gridTitle(code: string | null): string {
  const own = grids.value.find((grid) => grid.code === code)
  if (own) return fullName(own)
  return (code && synced.value[code]?.name) || code || ''
}

/** Why something is due, with its time. */
export function why(duty: GridDuty & { after_change?: boolean }): string {
  // A time that ends at midnight is the day before, as people say it.
  const shown = formatShort(new Date(duty.due_at), zone.value)
  const moment = shown.endsWith('00:00') ? formatShort(new Date(Date.parse(duty.due_at) - 1), zone.value).slice(0, 5) : shown
  return t(duty.after_change ? 'phone.why.change' : (`phone.why.${duty.status}` as 'phone.why.overdue'), { moment })
}

/** The person as far as one may know them, else by the community's number. */
export const personTitle = (duty: CareDuty): string => duty.name ?? t('phone.person', { number: duty.code })

export function openGrid(grid: OwnGrid): void {
  const about = `${stateWord(locale.value, 'patrol', grid.patrol)} · ${grid.code}`
  page.target = { key: grid.code, grid, gridCode: grid.code, title: fullName(grid), about, subjectId: null }
}

export function openGridDuty(duty: GridDuty): void {
  const grid = grids.value.find((own) => own.code === duty.code) ?? null
  page.target = { key: duty.code, grid, gridCode: duty.code, title: gridTitle(duty.code), about: why(duty), subjectId: null }
}

export function openCareDuty(duty: CareDuty): void {
  const about = [duty.address, why(duty)].filter(Boolean).join(' · ')
  page.target = { key: duty.id, grid: null, gridCode: duty.grid_code, title: personTitle(duty), about, subjectId: duty.id }
}
