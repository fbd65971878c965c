import { candidates } from './candidates.ts'
import { ending } from './ending.ts'
import { negotiation } from './negotiation.ts'
import { path, tracks } from './path.ts'
import type { PeerConnectionRule } from './rule.ts'

export const peerConnectionContract: readonly PeerConnectionRule[] = [
  ...negotiation,
  ...candidates,
  ...path,
  ...tracks,
  ...ending,
]
