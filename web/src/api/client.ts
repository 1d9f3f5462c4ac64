/** Talks to /api/v1: one way to ask, and errors that say whether the network, the right or the request was at fault. */
import type { Geometry } from 'geojson'

export const API = '/api/v1'

/** What a problem document says beyond its words; `faults` may carry the geometry they are about. */
export interface Problem {
  code?: string
  title?: string
  detail?: string
  faults?: { place: string; code: string; message: string; geometry?: Geometry | null }[]
  [more: string]: unknown
}

/** An answer that refuses; `code` is the stable word of the problem document. */
export class RequestRefused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly problem: Problem = {},
  ) {
    super(detail || code)
  }
}

/** No answer came: the network or the server is away. */
export class Unreachable extends Error {}

export interface Ask {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  body?: object
  /** A form with a file, sent instead of a body. */
  form?: FormData
  /** A file, sent as it is. */
  file?: Blob
  query?: Record<string, string | number | null | undefined>
  idempotencyKey?: string
  /** The revision that one has seen of what is changed. */
  ifMatch?: number
  signal?: AbortSignal
}

export async function ask<T>(path: string, options: Ask = {}): Promise<T> {
  const response = await send(path, options)
  if (!response.ok) throw await refusal(response)
  return (response.status === 204 ? null : await response.json()) as T
}

async function send(path: string, options: Ask): Promise<Response> {
  const init: RequestInit = { method: options.method ?? 'GET', headers: headersFor(options), credentials: 'same-origin' }
  if (options.body) init.body = JSON.stringify(options.body)
  if (options.form) init.body = options.form
  if (options.file) init.body = options.file
  if (options.signal) init.signal = options.signal
  try {
    return await fetch(address(path, options.query), init)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new Unreachable(String(cause))
  }
}

function headersFor(options: Ask): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (options.method && options.method !== 'GET') headers['X-Gridsvc'] = 'web'
  if (options.body) headers['Content-Type'] = 'application/json'
  if (options.file) headers['Content-Type'] = options.file.type
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  if (options.ifMatch !== undefined) headers['If-Match'] = `"${options.ifMatch}"`
  return headers
}

export function address(path: string, query: Ask['query'] = {}): string {
  const wanted = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') wanted.set(name, String(value))
  }
  const tail = wanted.size > 0 ? `?${wanted}` : ''
  return (path.startsWith('/api/') ? path : API + path) + tail
}

async function refusal(response: Response): Promise<Error> {
  if (response.status === 502 || response.status === 504) return new Unreachable(String(response.status))
  let problem: Problem = {}
  try {
    problem = (await response.json()) as Problem
  } catch {
    // A refusal without a readable body still has its number.
  }
  return new RequestRefused(response.status, problem.code ?? String(response.status), problem.detail ?? problem.title ?? '', problem)
}

export function isUnauthenticated(fault: unknown): boolean {
  return fault instanceof RequestRefused && fault.status === 401
}

/** Leaves for the login page, which comes back here afterwards. */
export function goToLogin(): void {
  const here = location.pathname + location.search + location.hash
  location.assign(`/login?next=${encodeURIComponent(here)}`)
}
