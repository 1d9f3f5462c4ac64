/** A list that is fetched page by page, with what is shown while it comes, when it is empty and when it fails. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { goToLogin, isUnauthenticated } from '../../api/client'
import type { Page } from '../../api/wire'
import { words } from './state'

export interface Paging<T> {
  rows: ShallowRef<T[]>
  isBusy: Ref<boolean>
  hasMore: Ref<boolean>
  fault: Ref<string>
  /** Begins anew; an answer to an earlier question is dropped. */
  restart(): Promise<void>
  more(): Promise<void>
}

export function usePaging<T>(fetch: (cursor: string | null) => Promise<Page<T>>): Paging<T> {
  const rows = shallowRef<T[]>([])
  const isBusy = ref(false)
  const hasMore = ref(false)
  const fault = ref('')
  let cursor: string | null = null
  let generation = 0

  async function load(isNew: boolean): Promise<void> {
    const mine = (generation += 1)
    isBusy.value = true
    fault.value = ''
    try {
      const page = await fetch(isNew ? null : cursor)
      if (mine !== generation) return
      rows.value = isNew ? page.items : [...rows.value, ...page.items]
      cursor = page.next_cursor
      hasMore.value = cursor !== null
    } catch (cause) {
      if (isUnauthenticated(cause)) goToLogin()
      else if (mine === generation) fault.value = words(cause)
    }
    if (mine === generation) isBusy.value = false
  }

  return { rows, isBusy, hasMore, fault, restart: () => load(true), more: () => load(false) }
}
