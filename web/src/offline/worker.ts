/// <reference lib="webworker" />
/**
 * The service worker of the phone page: the page opens where there is no network, from the files it was built of.
 *
 * It keeps files only. What a worker sees and logs is in the page's own store, and every question to the service goes out
 * as if this were not here.
 */
import { clientsClaim } from 'workbox-core'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope
/** The page and everything it loads, written here by the build. */
declare const PAGE_FILES: PrecacheEntry[]

// A new version takes over at once: the page loads nothing later that could be of another version.
void self.skipWaiting()
clientsClaim()
cleanupOutdatedCaches()
precacheAndRoute(PAGE_FILES)
registerRoute(new NavigationRoute(createHandlerBoundToURL('/static/visit.html'), { allowlist: [/^\/visit$/] }))
