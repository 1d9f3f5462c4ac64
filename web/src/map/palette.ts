/** How each state looks: colour, pattern and symbol together, so that no state is told by colour alone. */
import type { IncidentAge, StateKey } from '../model/status'

export type Pattern = 'plain' | 'thin' | 'dense' | 'dots' | 'cross' | 'dot' | 'sparse-cross'

export interface Look {
  fill: string
  pattern: Pattern
  /** Colour of the pattern's lines or dots. */
  ink: string
  symbol: string
  /** Colour of the symbol on the fill. */
  symbolInk: string
  /** Outline inside the border, for hollow states. */
  outline?: string
}

export const LOOKS: Record<StateKey, Look> = {
  on_time: { fill: '#2a9d8f', pattern: 'plain', ink: '#2a9d8f', symbol: '✓', symbolInk: '#ffffff' },
  due_soon: { fill: '#e9c46a', pattern: 'thin', ink: '#b78a1f', symbol: '◔', symbolInk: '#4a3606' },
  overdue: { fill: '#d1495b', pattern: 'dense', ink: '#9c2336', symbol: '!', symbolInk: '#ffffff' },
  never: { fill: '#6d597a', pattern: 'dots', ink: '#f1ebf4', symbol: '○', symbolInk: '#ffffff' },
  unknown: { fill: '#adb5bd', pattern: 'cross', ink: '#7b858f', symbol: '?', symbolInk: '#1f2933' },
  main_backup: { fill: '#3f7cc4', pattern: 'plain', ink: '#3f7cc4', symbol: '✓', symbolInk: '#ffffff' },
  main_only: { fill: '#a9c8ea', pattern: 'plain', ink: '#a9c8ea', symbol: '◐', symbolInk: '#12365f' },
  covered: { fill: '#a9c8ea', pattern: 'dot', ink: '#174a86', symbol: '●', symbolInk: '#174a86' },
  uncovered: { fill: '#f3d9c5', pattern: 'cross', ink: '#c0703a', symbol: '?', symbolInk: '#6b3410' },
  vacant: { fill: '#ffffff', pattern: 'sparse-cross', ink: '#e9a3ad', symbol: '✕', symbolInk: '#b3263c', outline: '#d1495b' },
}

export const INCIDENT_LOOKS: Record<IncidentAge, { symbol: string }> = {
  fresh: { symbol: '' },
  days: { symbol: '◔' },
  old: { symbol: '!' },
}

export interface Ground {
  outside: string
  land: string
  water: string
  road: string
  roadEdge: string
  hatch: string
  faint: string
  casing: string
  border: string
  block: string
  label: string
  halo: string
  accent: string
}

export const LIGHT_GROUND: Ground = {
  outside: '#e9edf1',
  land: '#f8f9fa',
  water: '#b9d6ea',
  road: '#ffffff',
  roadEdge: '#cfd6dd',
  hatch: '#d3dae1',
  faint: '#e3e7eb',
  casing: '#ffffff',
  border: '#2b3a4a',
  block: 'rgba(43, 58, 74, 0.35)',
  label: '#1c2733',
  halo: 'rgba(255, 255, 255, 0.9)',
  accent: '#1f5fae',
}

export const DARK_GROUND: Ground = {
  outside: '#10161d',
  land: '#1a222b',
  water: '#1f3d55',
  road: '#2c3742',
  roadEdge: '#394653',
  hatch: '#2f3b47',
  faint: '#323d48',
  casing: '#10161d',
  border: '#c3ced9',
  block: 'rgba(195, 206, 217, 0.3)',
  label: '#f1f5f9',
  halo: 'rgba(10, 15, 20, 0.85)',
  accent: '#7db4f5',
}
