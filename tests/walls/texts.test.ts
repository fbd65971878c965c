import { expect, test } from 'vitest'
import { wallsBroken } from './lint.ts'

const FILE = 'src/client/ui/PlantedText.vue'

test.each([
  ['<textarea v-model="text" />', ['vue/no-restricted-syntax']],
  ['<input v-model="text" type="search" />', ['vue/no-restricted-syntax']],
  ['<textarea :value="text" @input="text = typedIn($event)" />', []],
  ['<input v-model="day" type="date" />', []],
])('a text is read with the word that is being composed: %s', async (markup, broken) => {
  expect(await wallsBroken(FILE, `<template>${markup}</template>`)).toEqual(broken)
})
