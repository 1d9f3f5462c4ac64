/** News from the server: an event stream while it holds, asking every half minute while it does not. */
import { API } from './client'

const POLL_MS = 30_000
const AT_MOST_EVERY_MS = 5_000

/** Calls `refresh` after news, at most every five seconds; returns how to stop. */
export function followChanges(refresh: () => void): () => void {
  let last = Date.now()
  let waiting: number | undefined
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
  const source = new EventSource(`${API}/live`)
  source.addEventListener('change', soon)
  const poll = window.setInterval(() => {
    if (source.readyState !== EventSource.OPEN) soon()
  }, POLL_MS)
  window.addEventListener('online', soon)
  return () => {
    source.close()
    window.clearInterval(poll)
    window.clearTimeout(waiting)
    window.removeEventListener('online', soon)
  }
}
