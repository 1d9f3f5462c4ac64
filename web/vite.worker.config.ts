/** The service worker of the phone page, with the list of the files that page is made of; built after the pages. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname
const built = resolve(here, '../gridsvc/static')

/** The page and what it loads, with a revision where the name does not change with the content. */
function filesOfPage(): { url: string; revision: string | null }[] {
  const html = readFileSync(resolve(built, 'visit.html'), 'utf8')
  const linked = [...html.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((found) => found[1]!)
  return ['/static/visit.html', ...linked].map((url) => ({ url, revision: url.includes('/assets/') ? null : digest(url) }))
}

function digest(url: string): string {
  return createHash('sha256').update(readFileSync(resolve(built, url.replace('/static/', '')))).digest('hex')
}

export default defineConfig({
  root: here,
  publicDir: false,
  define: { PAGE_FILES: JSON.stringify(filesOfPage()), 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: built,
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: resolve(here, 'src/offline/worker.ts'), name: 'gridsvcVisitWorker', formats: ['iife'], fileName: () => 'visit-worker.js' },
  },
})
