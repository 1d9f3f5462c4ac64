/** How a grid is called where nothing around it says where it lies. */

interface Placed {
  name: string
  community: { name: string } | null
}

/** Its own name is short and common; with its community before it, it is one of a kind. */
export function fullName(grid: Placed): string {
  return grid.community ? `${grid.community.name} ${grid.name}` : grid.name
}
