/** Where somebody goes after logging in. */

const HERE = 'https://here.invalid'

/** The page asked for, if it is one of ours; else the phone page for those who are workers only, else the command page. */
export function landing(next: string | null, roles: readonly string[]): string {
  const asked = next === null ? null : ownPlace(next)
  if (asked && !asked.startsWith('/login')) return asked
  return roles.length > 0 && roles.every((role) => role === 'worker') ? '/visit' : '/command'
}

/** The place on this site as a browser reads it: `/` and a tab and `/elsewhere.example` is another site to a browser. */
function ownPlace(next: string): string | null {
  if (!next.startsWith('/') || !URL.canParse(next, HERE)) return null
  const read = new URL(next, HERE)
  const place = read.pathname + read.search + read.hash
  return read.origin === HERE && !place.startsWith('//') ? place : null
}
