import { readFileSync } from 'node:fs'
import type { Candidate } from '#shared/protocol/calls.ts'

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

/**
 * What Chromium 156 writes for a connection with sound, camera, screen and data channel, gathered
 * on a machine without a network: its only addresses are throw-away mDNS names.
 */
const sdp = (name: string): string => read(name).replaceAll(/\r?\n/g, '\r\n')

export const CHROMIUM_OFFER = sdp('chromium-offer.sdp')
export const CHROMIUM_ANSWER = sdp('chromium-answer.sdp')
export const CHROMIUM_CANDIDATES = JSON.parse(read('chromium-candidates.json')) as Candidate[]
