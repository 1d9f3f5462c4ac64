/** A list of the chosen area, fetched anew when the area changes, and page by page. */
import { ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { goToLogin, isUnauthenticated } from '../../api/client'
import type { Page } from '../../api/wire'
import { words } from './state'

export interface Listing<T> {
  rows: ShallowRef<T[]>
  isBusy: Ref<boolean>
  hasMore: Ref<boolean>
  fault: Ref<string>
  restart(): Promise<void>
  more(): Promise<void>
}

/** `sources` are what the question depends on; an answer to an earlier question is dropped. */
export function useListing<T>(sources: WatchSource[], fetch: (cursor: string | null) => Promise<Page<T>>): Listing<T> {
  const rows = shallowRef<T[]>([])
  const isBusy = ref(true)
  const hasMore = ref(false)
  const fault = ref('')
  let cursor: string | null = null
  let generation = 0

  async function load(isNew: boolean): Promise<void> {
    const mine = (generation += 1)
    isBusy.value = true
    fault.value = ''
    if (isNew) rows.value = []
    try {
      const found = await fetch(isNew ? null : cursor)
      if (mine !== generation) return
      rows.value = isNew ? found.items : [...rows.value, ...found.items]
      cursor = found.next_cursor
      hasMore.value = cursor !== null
    } catch (cause) {
      if (isUnauthenticated(cause)) goToLogin()
      else if (mine === generation) fault.value = words(cause)
    }
    if (mine === generation) isBusy.value = false
  }

  watch(sources, () => void load(true), { immediate: true })
  return { rows, isBusy, hasMore, fault, restart: () => load(true), more: () => load(false) }
}
