/** Leaflet as modules, so that unused parts fall away, and without the outside link and flag of its attribution. */
import type { Plugin } from 'vite'

const PREFIX = /prefix: '<a href="https:\/\/leafletjs\.com"[^\n]*/

export function plainLeaflet(): Plugin {
  return {
    name: 'gridsvc-plain-leaflet',
    config: () => ({ resolve: { alias: [{ find: /^leaflet$/, replacement: 'leaflet/dist/leaflet-src.esm.js' }] } }),
    transform(code, id) {
      if (!id.includes('leaflet-src')) return null
      if (!PREFIX.test(code)) throw new Error('Leaflet has another attribution prefix than expected')
      return { code: code.replace(PREFIX, 'prefix: false'), map: null }
    },
  }
}
