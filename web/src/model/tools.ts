/** The planner's tools, each with its key. */

export const TOOLS = ['select', 'split', 'merge', 'border', 'vertices', 'blocks', 'carve', 'shift'] as const
export type Tool = (typeof TOOLS)[number]
export type Action = 'undo' | 'redo' | 'finish' | 'cancel' | 'place' | 'divide' | 'compare' | 'remove'

export const TOOL_KEYS: Record<Tool, string> = {
  select: 'V',
  split: 'S',
  merge: 'M',
  border: 'B',
  vertices: 'E',
  blocks: 'P',
  carve: 'C',
  shift: 'T',
}
export const DIVIDE_KEY = 'D'
export const COMPARE_KEY = 'X'

export interface Stroke {
  key: string
  ctrl: boolean
  shift: boolean
}

/** What a stroke of the keyboard asks for on the planner's page; null: nothing of ours. */
export function strokeMeans({ key, ctrl, shift }: Stroke): { tool: Tool } | { action: Action } | null {
  const letter = key.length === 1 ? key.toUpperCase() : key
  if (ctrl) {
    if (letter === 'Z') return { action: shift ? 'redo' : 'undo' }
    return letter === 'Y' ? { action: 'redo' } : null
  }
  const tool = TOOLS.find((each) => TOOL_KEYS[each] === letter)
  if (tool) return { tool }
  const actions: Record<string, Action> = {
    Enter: 'finish', Escape: 'cancel', ' ': 'place', [DIVIDE_KEY]: 'divide', [COMPARE_KEY]: 'compare', Backspace: 'remove',
  }
  const action = actions[letter]
  return action ? { action } : null
}
