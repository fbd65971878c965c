import * as v from 'valibot'
import { beforeEach, expect, it, vi } from 'vitest'
import { DeviceId } from '#shared/ids.ts'
import { loadDeviceId } from '#client/platform/device.ts'
import { createValueStorage } from '#client/platform/storage/createValueStorage.ts'
import { STORAGE_KEYS } from '#client/platform/storage/storageKeys.ts'

const KEY = STORAGE_KEYS.settings
const Shape = v.object({ a: v.number() })

beforeEach(() => {
  localStorage.clear()
})

it('gives back what it was given', () => {
  const storage = createValueStorage(window)
  storage.write(KEY, { a: 1 })
  expect(createValueStorage(window).read(KEY, Shape)).toEqual({ a: 1 })
})

it.each([
  ['nothing', null],
  ['no JSON', '{'],
  ['another shape', '{"a":"1"}'],
  ['null', 'null'],
])('reads %s as null', (_, text) => {
  vi.spyOn(Storage.prototype, 'getItem').mockReturnValueOnce(text)
  expect(createValueStorage(window).read(KEY, Shape)).toBeNull()
})

it('makes do with memory where the browser refuses', () => {
  const refuse = (): never => {
    throw new DOMException('no', 'QuotaExceededError')
  }
  vi.spyOn(Storage.prototype, 'setItem').mockImplementationOnce(refuse)
  const storage = createValueStorage(window)
  storage.write(KEY, { a: 2 })
  expect(storage.read(KEY, Shape)).toEqual({ a: 2 })
})

it('hears other tabs, of this key alone, until it stops', () => {
  const storage = createValueStorage(window)
  const handler = vi.fn()
  const stop = storage.onChange(KEY, handler)
  const hear = (key: string): boolean => window.dispatchEvent(new StorageEvent('storage', { key }))
  hear(KEY)
  hear(STORAGE_KEYS.device)
  stop()
  hear(KEY)
  expect(handler).toHaveBeenCalledOnce()
})

it('keeps one device id for the profile', () => {
  const id = loadDeviceId(createValueStorage(window))
  expect(v.is(DeviceId, id)).toBe(true)
  expect(loadDeviceId(createValueStorage(window))).toBe(id)
})

it('makes a new device id when the stored one is broken', () => {
  localStorage.setItem(STORAGE_KEYS.device, '"x"')
  expect(v.is(DeviceId, loadDeviceId(createValueStorage(window)))).toBe(true)
})
