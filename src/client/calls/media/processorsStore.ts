import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { ProcessorKind } from '#client/platform/media/processors/TrackProcessor.ts'
import type { ProcessorTrouble } from '../words/callWords.ts'

/** What the user wants to be done to voice and picture, and what has become of it. */
export const useProcessorsStore = defineStore('processors', () => {
  const wanted = ref<Readonly<Record<ProcessorKind, boolean>>>({ noise: false, blur: false })
  const troubles = ref<Readonly<Partial<Record<ProcessorKind, ProcessorTrouble>>>>({})
  /** Those that have given themselves up, of which the user has not read yet. */
  const unread = ref<readonly ProcessorKind[]>([])

  /** Wanted or not; what was wrong with it before is over. */
  function want(kind: ProcessorKind, isWanted: boolean): void {
    wanted.value = { ...wanted.value, [kind]: isWanted }
    troubles.value = { ...troubles.value, [kind]: undefined }
    read(kind)
  }

  function read(kind: ProcessorKind): void {
    unread.value = unread.value.filter((one) => one !== kind)
  }

  /** Off for this call; a computer that is too slow is so in the next one, too. */
  function giveUp(kind: ProcessorKind, trouble: ProcessorTrouble): void {
    if (trouble === 'slow') want(kind, false)
    troubles.value = { ...troubles.value, [kind]: trouble }
    unread.value = [...unread.value, kind]
  }

  const isOn = (kind: ProcessorKind): boolean =>
    wanted.value[kind] && troubles.value[kind] === undefined

  /** Before each call only what is wanted counts. */
  function reset(): void {
    troubles.value = {}
    unread.value = []
  }

  return { wanted, troubles, unread, want, read, giveUp, isOn, reset }
})
