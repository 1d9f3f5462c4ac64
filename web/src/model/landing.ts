/** Where somebody goes after logging in. */

/** The page asked for, if it is one of ours; else the phone page for those who are workers only, else the command page. */
export function landing(next: string | null, roles: readonly string[]): string {
  if (next && next.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') && !next.startsWith('/login')) return next
  return roles.length > 0 && roles.every((role) => role === 'worker') ? '/visit' : '/command'
}
