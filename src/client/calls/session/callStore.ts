import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CallEffect } from '../machine/effects.ts'
import type { CallEvent } from '../machine/events.ts'
import { createEndedCalls } from '../machine/endedCalls.ts'
import type { CallState } from '../machine/state.ts'
import { transition } from '../machine/transition.ts'

/** Holds the call of this tab and dispatches events to it. `dispatch` is the only writer. */
export const useCallStore = defineStore('call', () => {
  const call = shallowRef<CallState | null>(null)
  const endedCalls = createEndedCalls()
  let interpret: (effect: CallEffect) => void = () => undefined

  function dispatch(event: CallEvent): void {
    const again = endedCalls.again(event)
    if (again !== null) {
      interpret(again)
      return
    }
    const step = transition(call.value, event)
    endedCalls.note(event, step.effects)
    call.value = step.call
    for (const effect of step.effects) interpret(effect)
  }

  /** The interpreter of effects (callEffects.ts) registers here, once. */
  function interpretWith(interpreter: (effect: CallEffect) => void): void {
    interpret = interpreter
  }

  return { call, dispatch, interpretWith }
})
