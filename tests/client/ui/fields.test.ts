import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import AppBadge from '#client/ui/AppBadge.vue'
import AppButton from '#client/ui/AppButton.vue'
import SearchField from '#client/ui/SearchField.vue'
import SwitchRow from '#client/ui/SwitchRow.vue'
import TextField from '#client/ui/TextField.vue'
import { byRole } from '../../support/client/roles.ts'

const attachTo = document.body

enableAutoUnmount(afterEach)

it('ties the error to its field', () => {
  mount(TextField, {
    attachTo,
    props: { modelValue: '', label: '手机号', error: '请输入 11 位手机号' },
  })
  const field = byRole('textbox', '手机号')
  const note = document.getElementById(field.getAttribute('aria-describedby') ?? '')
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(note?.textContent.trim()).toBe('请输入 11 位手机号')
  expect(note?.getAttribute('role')).toBe('alert')
})

it.each([
  ['textbox', TextField, {}],
  ['searchbox', SearchField, { placeholder: '', clearLabel: '清除' }],
] as const)('a %s tells of a word that is still being composed', (role, component, props) => {
  const wrapper = mount(component, {
    attachTo,
    props: { modelValue: '', label: '群聊名称', ...props },
  })
  const field = byRole(role, '群聊名称') as HTMLInputElement
  field.dispatchEvent(new CompositionEvent('compositionstart'))
  field.value = '周六'
  field.dispatchEvent(new Event('input'))
  expect(wrapper.emitted('update:modelValue')).toEqual([['周六']])
})

it.each([
  ['the user', { keyCode: 27 }, ['']],
  ['the input method, which takes back a word', { keyCode: 229, isComposing: true }, undefined],
])('an Escape of %s clears a search or not', (_, key, cleared) => {
  const wrapper = mount(SearchField, {
    attachTo,
    props: { modelValue: '周六', label: '搜索', placeholder: '', clearLabel: '清除' },
  })
  byRole('searchbox', '搜索').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', ...key }))
  expect(wrapper.emitted('update:modelValue')?.[0]).toEqual(cleared)
})

it('turns a switch by a press', () => {
  const wrapper = mount(SwitchRow, {
    attachTo,
    props: { modelValue: false, label: '接听前不建立连接' },
  })
  byRole('switch', '接听前不建立连接').click()
  expect(wrapper.emitted('update:modelValue')).toEqual([[true]])
})

it('ignores presses of a busy button', () => {
  const wrapper = mount(AppButton, {
    attachTo,
    props: { isBusy: true },
    slots: { default: '登录' },
  })
  byRole('button', '登录').click()
  expect(wrapper.emitted('press')).toBeUndefined()
})

it.each([
  [0, ''],
  [3, '3 3 条未读'],
  [100, '99+ 100 条未读'],
])('shows a count of %i as "%s"', (count, text) => {
  const wrapper = mount(AppBadge, { attachTo, props: { count, label: `${String(count)} 条未读` } })
  expect(
    wrapper
      .findAll('span span')
      .map((part) => part.text())
      .join(' '),
  ).toBe(text)
})
