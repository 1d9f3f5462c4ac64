/** The map library: one classic script and one style sheet with stable names, for folium and saved files. */
import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import { plainLeaflet } from './vite.leaflet'

const here = import.meta.dirname

export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [plainLeaflet()],
  resolve: { alias: { '@dictionary': resolve(here, '../gridsvc/i18n') } },
  build: {
    outDir: resolve(here, '../gridsvc/static'),
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: resolve(here, 'src/map/library.ts'),
      name: 'gridsvc',
      formats: ['iife'],
      fileName: () => 'gridsvc-map.js',
      cssFileName: 'gridsvc-map',
    },
  },
})
