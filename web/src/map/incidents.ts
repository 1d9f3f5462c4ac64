/** Open incidents, gathered where they lie close; a cluster shows the worst age inside and opens when pressed. */
import * as L from 'leaflet'
import { text, textOr, type Locale } from '../i18n/text'
import { clusterSpots, type Cluster, type Spot } from '../model/clusters'
import type { OpenIncident } from '../model/status'
import { INCIDENT_LOOKS } from './palette'

interface PlacedIncident extends Spot {
  incident: OpenIncident
}

const SINGLE_FROM = 16.5

export class IncidentLayer extends L.Layer {
  private readonly markers = L.layerGroup()
  private open: readonly OpenIncident[] = []
  private isFaded = false

  constructor(private locale: Locale) {
    super()
  }

  override onAdd(map: L.Map): this {
    this.markers.addTo(map)
    map.getContainer().classList.toggle('gs-incidents-faded', this.isFaded)
    return this
  }

  override onRemove(): this {
    this.markers.remove()
    return this
  }

  setOpen(open: readonly OpenIncident[]): void {
    this.open = open
  }

  setLocale(locale: Locale): void {
    this.locale = locale
  }

  /** Steps back while grids are filtered by something else. */
  fade(faded: boolean): void {
    this.isFaded = faded
    this._map?.getContainer().classList.toggle('gs-incidents-faded', faded)
  }

  /** Places the clusters for the present view; returns where they stand, for names to step aside. */
  gather(): readonly L.LatLng[] {
    if (!this._map) return []
    const zoom = this._map.getZoom()
    const seen = this._map.getBounds().pad(0.15)
    const spots: PlacedIncident[] = []
    for (const incident of this.open) {
      if (!seen.contains([incident.lat, incident.lng])) continue
      const { x, y } = this._map.project([incident.lat, incident.lng], zoom)
      spots.push({ x, y, age: incident.age, incident })
    }
    this.markers.clearLayers()
    const size = zoom >= SINGLE_FROM ? 30 : zoom >= 15 ? 64 : 110
    return clusterSpots(spots, size).map((cluster) => {
      const marker = this.marker(cluster, zoom)
      this.markers.addLayer(marker)
      return marker.getLatLng()
    })
  }

  private marker(cluster: Cluster<PlacedIncident>, zoom: number): L.Marker {
    const count = cluster.members.length
    const place = this._map.unproject([cluster.x, cluster.y], zoom)
    const size = count === 1 ? 18 : count < 100 ? 26 : 32
    const label =
      count === 1
        ? text(this.locale, 'map.incident_here', { number: cluster.members[0].incident.number })
        : text(this.locale, 'map.incidents_here', { count })
    const icon = L.divIcon({
      className: `gs-incident gs-incident-${cluster.worst}${count === 1 ? ' gs-incident-one' : ''}`,
      iconSize: [size, size],
      html: face(cluster),
    })
    const marker = L.marker(place, { icon, keyboard: false, title: label, alt: label })
    marker.on('click', () => this.press(cluster, place, zoom))
    return marker
  }

  private press(cluster: Cluster<PlacedIncident>, place: L.LatLng, zoom: number): void {
    if (cluster.members.length > 1 && zoom < 18) {
      const places = cluster.members.map(({ incident }) => L.latLng(incident.lat, incident.lng))
      this._map.flyToBounds(L.latLngBounds(places).pad(0.2), { maxZoom: Math.max(zoom + 2, 15), duration: 0.6 })
      return
    }
    L.popup({ className: 'gs-popup' }).setLatLng(place).setContent(this.list(cluster)).openOn(this._map)
  }

  private list(cluster: Cluster<PlacedIncident>): HTMLElement {
    const list = document.createElement('ul')
    list.className = 'gs-incident-list'
    for (const { incident } of cluster.members.slice(0, 12)) {
      const row = document.createElement('li')
      const age = text(this.locale, `incident.age.${incident.age}`)
      row.textContent = `${textOr(this.locale, `category.${incident.category}`, incident.category)} · ${age} · ${incident.number}`
      list.append(row)
    }
    return list
  }
}

function face(cluster: Cluster<PlacedIncident>): HTMLElement {
  const face = document.createElement('span')
  const { symbol } = INCIDENT_LOOKS[cluster.worst]
  face.textContent = cluster.members.length === 1 ? symbol : String(cluster.members.length)
  if (cluster.members.length > 1 && symbol) {
    const badge = document.createElement('i')
    badge.textContent = symbol
    face.append(badge)
  }
  return face
}
