import { expect, it } from 'vitest'
import { killWhileSending } from '../support/server/killWhileSending.ts'

/** The server starts again and again, which takes long on a machine that has more to do. */
const LIMIT_MS = 1_200_000
const MESSAGES = 5_000
const KILLS = 20

it(
  '[CH3] [CH7] [G1] [F6] a server that is killed at any moment loses nothing, doubles nothing, keeps the order',
  async () => {
    const { texts, seqs, acknowledgedBeforeKills, kills } = await killWhileSending({
      messages: MESSAGES,
      kills: KILLS,
    })
    const written = Array.from({ length: MESSAGES }, (_, n) => `message ${n}`)
    expect(kills).toBe(KILLS)
    // It was killed in the middle, not before and not after.
    expect(acknowledgedBeforeKills.every((count) => count > 0 && count < MESSAGES)).toBe(true)
    expect(texts).toEqual(written)
    expect(seqs).toEqual(written.map((_, n) => n + 1))
  },
  LIMIT_MS,
)
