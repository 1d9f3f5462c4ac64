/** Coverage: the figures of a period and the rows behind each. */
import { ask } from './client'
import type { AsOf } from './resources'
import type { components } from './schema'
import type { Page } from './wire'

type Schemas = components['schemas']
export type Coverage = Schemas['CoverageFigures']
export type Figure = Schemas['Figure']
export type DoorLine = Schemas['DoorLine']
export type DutyLine = Schemas['DutyLine']
export type StopLine = Schemas['StopLine']
/** The figures that have rows; care and duties share theirs. */
export type Behind = 'doors' | 'duties' | 'patrol-stops'
export type Line = DoorLine | DutyLine | StopLine

export const coverage = (asOf: AsOf, grid: string | null): Promise<Coverage> => ask('/coverage', { query: { as_of: asOf, grid } })

export const coverageSheet = (asOf: AsOf): string => `/api/v1/coverage/figures.xlsx${asOf ? `?as_of=${encodeURIComponent(asOf)}` : ''}`

export const behind = (what: Behind, asOf: AsOf, grid: string | null, reached: string | null, cursor: string | null): Promise<Page<Line>> =>
  ask(`/coverage/${what}`, { query: { as_of: asOf, grid, reached, cursor, limit: 100 } })
