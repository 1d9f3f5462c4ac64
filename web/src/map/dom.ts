/** Small pieces of the page made by hand; text always goes in as text, never as HTML. */
import * as L from 'leaflet'

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.append(...children)
  return made
}

export function button(className: string, label: string, press: () => void, ...children: (Node | string)[]): HTMLButtonElement {
  const made = element('button', className, ...children)
  made.type = 'button'
  made.setAttribute('aria-label', label)
  made.title = label
  made.addEventListener('click', press)
  return made
}

/** A corner of the map that holds one element; presses and wheels on it do not reach the map. */
export class Corner extends L.Control {
  constructor(
    private readonly content: HTMLElement,
    position: L.ControlPosition,
  ) {
    super({ position })
  }

  override onAdd(): HTMLElement {
    L.DomEvent.disableClickPropagation(this.content)
    L.DomEvent.disableScrollPropagation(this.content)
    return this.content
  }
}
