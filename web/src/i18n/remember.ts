/** The cookie that remembers the language: over TLS bound to this host, as the one of the session is. */
import type { Locale } from './text'

const A_YEAR_S = 31_536_000

function nameOf(protocol: string): string {
  return protocol === 'https:' ? '__Host-gridsvc_locale' : 'gridsvc_locale'
}

/** The value among the cookies of a page, if there is one. */
export function remembered(cookies: string, protocol: string): string | undefined {
  const begins = `${nameOf(protocol)}=`
  return cookies.split('; ').find((part) => part.startsWith(begins))?.slice(begins.length)
}

/** What a page sets to remember a language. */
export function toRemember(locale: Locale, protocol: string): string {
  const secure = protocol === 'https:' ? '; secure' : ''
  return `${nameOf(protocol)}=${locale}; path=/; max-age=${A_YEAR_S}; samesite=lax${secure}`
}
