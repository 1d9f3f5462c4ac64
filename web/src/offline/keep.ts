/** Lets the phone keep the page itself, so that it opens without a network. */
import { shallowRef } from 'vue'

/** Whether this phone has all files of the page; null while that is not known yet. */
export const isKept = shallowRef<boolean | null>(null)

/** Browsers do this on secure addresses only; elsewhere the page works, but opens with a network alone. */
export async function keepPage(): Promise<void> {
  try {
    await navigator.serviceWorker.register('/visit-worker.js', { scope: '/visit' })
    await navigator.serviceWorker.ready
    isKept.value = true
  } catch {
    isKept.value = false
  }
}
