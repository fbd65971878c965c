import { describe, expect, it } from 'vitest'
import { createCandidateQueue } from '#client/calls/peer/candidateQueue.ts'
import type { Candidate } from '#shared/protocol/calls.ts'

const candidate = (n: number): Candidate => ({
  candidate: `candidate:${n}`,
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: null,
})

function queue() {
  const handedOn: string[] = []
  const candidates = createCandidateQueue((one) => {
    handedOn.push(one.candidate)
    return Promise.resolve()
  })
  return { candidates, handedOn }
}

describe('candidates', () => {
  it('[F4] wait for the description and then go on in their order', async () => {
    const { candidates, handedOn } = queue()
    for (const n of [1, 2, 3]) await candidates.add(candidate(n))
    expect(handedOn).toEqual([])
    await candidates.open()
    expect(handedOn).toEqual(['candidate:1', 'candidate:2', 'candidate:3'])
  })

  it('go on at once when the description is there', async () => {
    const { candidates, handedOn } = queue()
    await candidates.open()
    await candidates.add(candidate(1))
    expect(handedOn).toEqual(['candidate:1'])
  })

  it('[CA15] wait up to 200: nobody fills the memory of who waits', async () => {
    const { candidates, handedOn } = queue()
    for (let n = 1; n <= 1_000; n += 1) await candidates.add(candidate(n))
    await candidates.open()
    expect(handedOn).toHaveLength(200)
  })
})
