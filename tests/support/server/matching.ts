import { expect } from 'vitest'

/** Stands for any text in an expected value, typed as one. */
export const anyString = expect.any(String) as string
/** Stands for any number in an expected value, typed as one. */
export const anyNumber = expect.any(Number) as number
/** Stands for any text with this in it. */
export const textWith = (part: string): string => expect.stringContaining(part) as string
