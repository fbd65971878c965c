import type { VideoUpgrade } from '#shared/protocol/peerState.ts'

export const NO_UPGRADE: VideoUpgrade = { asked: 0, open: false, answered: 0, yes: false }

/** What the peer's word leads to. */
export type UpgradeResult = 'agreed' | 'declined' | null

/** Ask for video, under a number that no other request of the call has. */
export const ask = (local: VideoUpgrade, number: number): VideoUpgrade => ({
  ...local,
  asked: number,
  open: true,
})

/** Withdraw this side's request. */
export const withdraw = (local: VideoUpgrade): VideoUpgrade => ({ ...local, open: false })

/** Answer the peer's request. */
export const answer = (local: VideoUpgrade, remote: VideoUpgrade, yes: boolean): VideoUpgrade => ({
  ...local,
  answered: remote.asked,
  yes,
})

/** The peer waits for this side's answer. */
export const isAsked = (local: VideoUpgrade, remote: VideoUpgrade): boolean =>
  remote.open && remote.asked !== local.answered

/**
 * Take in what the peer asks and answers. An answer counts only for an open request with exactly that
 * number: no camera goes on by the peer's word alone. Requests that cross are both granted.
 */
export function receive(
  local: VideoUpgrade,
  remote: VideoUpgrade,
): { readonly local: VideoUpgrade; readonly result: UpgradeResult } {
  if (!local.open) return { local, result: null }
  if (isAsked(local, remote)) {
    return { local: withdraw(answer(local, remote, true)), result: 'agreed' }
  }
  if (remote.answered !== local.asked) return { local, result: null }
  return { local: withdraw(local), result: remote.yes ? 'agreed' : 'declined' }
}
