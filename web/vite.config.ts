/** The pages: an HTML entry each, hashed assets, no inline script, served by the API under /static. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { plainLeaflet } from './vite.leaflet'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const here = import.meta.dirname
const swaggerFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

/** Puts Swagger UI beside our own assets, so that /docs asks no other machine for anything. */
function localSwagger(): Plugin {
  return {
    name: 'gridsvc-local-swagger',
    apply: 'build',
    generateBundle() {
      for (const name of ['swagger-ui-bundle.js', 'swagger-ui.css']) {
        this.emitFile({ type: 'asset', fileName: `swagger/${name}`, source: readFileSync(join(swaggerFolder, name)) })
      }
    },
  }
}

export default defineConfig({
  root: here,
  base: '/static/',
  plugins: [vue(), plainLeaflet(), localSwagger()],
  resolve: { alias: { '@dictionary': resolve(here, '../gridsvc/i18n') } },
  server: { fs: { allow: [resolve(here, '..')] } },
  build: {
    outDir: resolve(here, '../gridsvc/static'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ['login', 'command', 'visit', 'admin', 'plan', 'people'].map((page) => resolve(here, `${page}.html`)),
    },
  },
  test: { include: ['test/**/*.test.ts'] },
})
