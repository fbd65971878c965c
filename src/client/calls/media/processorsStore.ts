import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { ProcessorKind } from '#client/platform/media/processors/TrackProcessor.ts'
import type { ProcessorTrouble } from '../words/callWords.ts'

/** The processors that the user wants for audio and video, and their state. */
export const useProcessorsStore = defineStore('processors', () => {
  const wanted = ref<Readonly<Record<ProcessorKind, boolean>>>({ noise: false, blur: false })
  const troubles = ref<Readonly<Partial<Record<ProcessorKind, ProcessorTrouble>>>>({})
  /** Processors that switched themselves off, while the notice is still shown. */
  const unread = ref<readonly ProcessorKind[]>([])

  /** Set whether a processor is wanted; an earlier problem is cleared. */
  function want(kind: ProcessorKind, isWanted: boolean): void {
    wanted.value = { ...wanted.value, [kind]: isWanted }
    troubles.value = { ...troubles.value, [kind]: undefined }
    read(kind)
  }

  function read(kind: ProcessorKind): void {
    unread.value = unread.value.filter((one) => one !== kind)
  }

  /** Off for this call; a computer that is too slow stays too slow for the next one. */
  function giveUp(kind: ProcessorKind, trouble: ProcessorTrouble): void {
    if (trouble === 'slow') want(kind, false)
    troubles.value = { ...troubles.value, [kind]: trouble }
    unread.value = [...unread.value, kind]
  }

  const isOn = (kind: ProcessorKind): boolean =>
    wanted.value[kind] && troubles.value[kind] === undefined

  /** Before each call only the user's choice counts. */
  function reset(): void {
    troubles.value = {}
    unread.value = []
  }

  return { wanted, troubles, unread, want, read, giveUp, isOn, reset }
})
