import type { Step } from '#client/calls/machine/closing.ts'
import type { CallEffect } from '#client/calls/machine/effects.ts'

/** What a step does, by type only, in its order. */
export const typesOf = ({ effects }: Step): CallEffect['type'][] => effects.map(({ type }) => type)
