/** Up, down, Home and End move the focus among the buttons of a list. */

export function moveFocus(event: KeyboardEvent): void {
  const list = event.currentTarget
  if (!(list instanceof HTMLElement)) return
  const buttons = [...list.querySelectorAll<HTMLElement>('button:not([disabled])')]
  const here = buttons.indexOf(document.activeElement as HTMLElement)
  const last = buttons.length - 1
  const target = { ArrowDown: Math.min(last, here + 1), ArrowUp: Math.max(0, here - 1), Home: 0, End: last }[event.key]
  if (target === undefined || last < 0) return
  event.preventDefault()
  buttons[target].focus()
}
