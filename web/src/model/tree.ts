/** The management tree out of its nodes: each below what it is run from, in the order of codes. */

export interface Placed {
  code: string
  name: string
  parent?: string | null
}

export interface Branch<T extends Placed> {
  node: T
  children: Branch<T>[]
}

/** The roots of a list of nodes; a node whose parent is not in the list is a root of its own. */
export function branches<T extends Placed>(nodes: readonly T[]): Branch<T>[] {
  const made = new Map(nodes.map((node) => [node.code, { node, children: [] as Branch<T>[] }]))
  const roots: Branch<T>[] = []
  for (const branch of [...made.values()].sort((a, b) => a.node.code.localeCompare(b.node.code))) {
    const above = branch.node.parent ? made.get(branch.node.parent) : undefined
    if (above && above !== branch) above.children.push(branch)
    else roots.push(branch)
  }
  return roots
}

/** Every node that lies under a node, however deep. */
export function below<T extends Placed>(nodes: readonly T[], code: string): T[] {
  const under = (branch: Branch<T>): T[] => branch.children.flatMap((child) => [child.node, ...under(child)])
  const level = (at: Branch<T>[]): T[] => {
    const here = at.find(({ node }) => node.code === code)
    if (here || at.length === 0) return here ? under(here) : []
    return level(at.flatMap(({ children }) => children))
  }
  return level(branches(nodes))
}

/** The names from the top down to a node; nodes that are not in the list are left out. */
export function pathTo(nodes: readonly Placed[], code: string): string[] {
  const byCode = new Map(nodes.map((node) => [node.code, node]))
  const names: string[] = []
  const seen = new Set<string>()
  for (let at = byCode.get(code); at && !seen.has(at.code); at = at.parent ? byCode.get(at.parent) : undefined) {
    seen.add(at.code)
    names.unshift(at.name)
  }
  return names
}
