import { expect, it } from 'vitest'
import AppShell from '#client/shell/AppShell.vue'
import { mountClient, type Client } from '../../support/client/mountClient.ts'
import { byRole } from '../../support/client/roles.ts'

const KEY = 'ahoy.list-width'
const answers = {
  'GET /api/contacts': { contacts: [] },
  'GET /api/contact-requests': { requests: [] },
  'GET /api/conversations': { conversations: [] },
}

const open = (stored?: unknown): Promise<Client> =>
  mountClient(AppShell, {
    answers,
    ...(stored === undefined ? {} : { stored: { [KEY]: stored } }),
  })

const edge = (): HTMLElement => byRole('separator', '列表宽度')
const width = (): number => Number(edge().getAttribute('aria-valuenow'))
const shown = (): string =>
  document.querySelector<HTMLElement>('.shell')?.style.getPropertyValue('--list-width') ?? ''

const point = (type: string, clientX: number): void => {
  edge().dispatchEvent(new PointerEvent(type, { clientX, button: 0, pointerId: 1, bubbles: true }))
}

it('is 300 px at first, and says between which it may be', async () => {
  await open()
  expect([width(), shown()]).toEqual([300, '300px'])
  expect(edge().getAttribute('aria-valuemin')).toBe('240')
  expect(edge().getAttribute('aria-valuemax')).toBe('420')
  expect(edge().getAttribute('aria-orientation')).toBe('vertical')
  const list = document.getElementById(edge().getAttribute('aria-controls') ?? '')
  expect(list?.getAttribute('role') ?? list?.tagName).toBe('SECTION')
})

it('follows the pointer, within its bounds, and is kept when let go', async () => {
  const { settle, storage } = await open()
  point('pointerdown', 364)
  point('pointermove', 404)
  await settle()
  expect([width(), shown()]).toEqual([340, '340px'])
  expect(storage.values.has(KEY)).toBe(false)
  point('pointermove', 2_000)
  await settle()
  expect(width()).toBe(420)
  point('pointermove', 0)
  point('pointerup', 0)
  await settle()
  expect(width()).toBe(240)
  expect(storage.values.get(KEY)).toBe(240)
  point('pointermove', 404)
  await settle()
  expect(width()).toBe(240)
})

it.each([
  ['ArrowRight', 316],
  ['ArrowLeft', 284],
  ['Home', 240],
  ['End', 420],
])('%s makes it %i px, and it is kept', async (key, px) => {
  const { settle, storage } = await open()
  edge().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  await settle()
  expect(width()).toBe(px)
  expect(storage.values.get(KEY)).toBe(px)
})

it('is what it was on the last visit, if that is possible', async () => {
  await open(280)
  expect(width()).toBe(280)
})

it.each([99, 9_999, '280', null])('is 300 px where %j is stored', async (stored) => {
  await open(stored)
  expect(width()).toBe(300)
})

it('goes back to 300 px with a double click', async () => {
  const { settle, storage } = await open(280)
  edge().dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
  await settle()
  expect(width()).toBe(300)
  expect(storage.values.get(KEY)).toBe(300)
})
