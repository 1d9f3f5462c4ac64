/** News from the server: an event stream while it holds, asking every half minute while it does not. */
import { API } from './client'

const POLL_MS = 30_000
const AT_MOST_EVERY_MS = 5_000

/**
 * Calls `refresh` after news, at most every five seconds; returns how to stop.
 *
 * A page that nobody looks at follows nothing: over HTTP/1.1 a browser has six connections to a host, and six forgotten
 * tabs would take them all. It looks anew when it is seen again, or when the stream was broken, for it may have missed
 * something.
 */
export function followChanges(refresh: () => void): () => void {
  let last = Date.now()
  let waiting: number | undefined
  let source: EventSource | undefined
  const soon = (): void => {
    if (waiting !== undefined) return
    waiting = window.setTimeout(
      () => {
        waiting = undefined
        last = Date.now()
        refresh()
      },
      Math.max(0, last + AT_MOST_EVERY_MS - Date.now()),
    )
  }
  const follow = (): void => {
    let isBroken = false
    source = new EventSource(`${API}/live`)
    source.addEventListener('change', soon)
    source.addEventListener('error', () => {
      isBroken = true
    })
    source.addEventListener('open', () => {
      if (isBroken) soon()
      isBroken = false
    })
  }
  const rest = (): void => {
    source?.close()
    source = undefined
  }
  const look = (): void => {
    if (document.hidden) rest()
    else if (source === undefined) {
      follow()
      soon()
    }
  }
  const poll = window.setInterval(() => {
    if (document.hidden || source?.readyState === EventSource.OPEN) return
    soon()
    if (source?.readyState === EventSource.CLOSED) follow() // refused, and a browser does not try again by itself
  }, POLL_MS)
  if (!document.hidden) follow()
  document.addEventListener('visibilitychange', look)
  window.addEventListener('online', soon)
  return () => {
    rest()
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('online', soon)
    window.clearInterval(poll)
    window.clearTimeout(waiting)
  }
}
