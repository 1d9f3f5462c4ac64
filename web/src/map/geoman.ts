/** Loads Geoman, the drawing library, which looks for Leaflet under its global name. */
import * as L from 'leaflet'
import './geoman.css'

let loading: Promise<unknown> | null = null

/** Call before a map is made: Geoman equips maps while they are made. */
export function loadGeoman(): Promise<unknown> {
  const globals = globalThis as { L?: object }
  // A copy, because the namespace of a module cannot be added to.
  globals.L ??= { ...L }
  loading ??= import('@geoman-io/leaflet-geoman-free')
  return loading
}
