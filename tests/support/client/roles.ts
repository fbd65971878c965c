/** Where an element of each role is found, besides an explicit `role`. */
const SELECTORS: Record<string, string> = {
  alert: '[role=alert]',
  alertdialog: '[role=alertdialog]',
  button: 'button:not([role])',
  checkbox: '[role=checkbox]',
  heading: 'h1, h2, h3',
  link: 'a[href]',
  log: '[role=log]',
  menuitem: '[role=menuitem]',
  radio: 'input[type=radio]',
  region: 'section[aria-label]',
  searchbox: 'input[type=search]',
  separator: '[role=separator]',
  switch: '[role=switch]',
  textbox: 'input:not([type=radio]):not([type=search]), textarea',
}

const wordsOf = (element: Element | null): string => {
  const copy = element?.cloneNode(true) as Element | undefined
  copy?.querySelectorAll('[aria-hidden=true]').forEach((hidden) => hidden.remove())
  return (copy?.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
}

/** The name by which a user, with or without a screen reader, knows an element. */
export function nameOf(element: Element): string {
  const labelledBy = element.getAttribute('aria-labelledby')
  const label = element.id === '' ? null : document.querySelector(`label[for="${element.id}"]`)
  return (
    element.getAttribute('aria-label') ??
    (labelledBy === null ? null : wordsOf(document.getElementById(labelledBy))) ??
    (label === null ? null : wordsOf(label)) ??
    wordsOf(element.closest('label') ?? element)
  )
}

/** Every element of a role below the body, in order. */
export function allByRole(role: string): HTMLElement[] {
  const selector = SELECTORS[role]
  if (selector === undefined) throw new Error(`no selector for the role ${role}`)
  return [...document.body.querySelectorAll<HTMLElement>(selector)]
}

/** The one element of a role with exactly this name. */
export function byRole(role: string, name: string): HTMLElement {
  const named = allByRole(role).filter((element) => nameOf(element) === name)
  const [first] = named
  if (first === undefined || named.length > 1) {
    const names = allByRole(role).map(nameOf).join(' | ')
    throw new Error(`${String(named.length)} × ${role} "${name}" among: ${names}`)
  }
  return first
}

export const hasRole = (role: string, name: string): boolean =>
  allByRole(role).some((element) => nameOf(element) === name)
