import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { EffectKind } from '#client/platform/media/TrackEffect.ts'
import type { EffectTrouble } from './useCall.ts'

/** What the user wants to be done to voice and picture, and what has become of it. */
export const useEffectsStore = defineStore('effects', () => {
  const wanted = ref<Readonly<Record<EffectKind, boolean>>>({ noise: false, blur: false })
  const troubles = ref<Readonly<Partial<Record<EffectKind, EffectTrouble>>>>({})
  /** Those that have given themselves up, of which the user has not read yet. */
  const unread = ref<readonly EffectKind[]>([])

  /** Wanted or not; what was wrong with it before is over. */
  function want(kind: EffectKind, isWanted: boolean): void {
    wanted.value = { ...wanted.value, [kind]: isWanted }
    troubles.value = { ...troubles.value, [kind]: undefined }
    read(kind)
  }

  function read(kind: EffectKind): void {
    unread.value = unread.value.filter((one) => one !== kind)
  }

  /** Off for this call; a computer that is too slow is so in the next one, too. */
  function giveUp(kind: EffectKind, trouble: EffectTrouble): void {
    if (trouble === 'slow') want(kind, false)
    troubles.value = { ...troubles.value, [kind]: trouble }
    unread.value = [...unread.value, kind]
  }

  const isOn = (kind: EffectKind): boolean =>
    wanted.value[kind] && troubles.value[kind] === undefined

  /** Before each call only what is wanted counts. */
  function reset(): void {
    troubles.value = {}
    unread.value = []
  }

  return { wanted, troubles, unread, want, read, giveUp, isOn, reset }
})
