/**
 * What this product relies on in an RTCPeerConnection. The same functions run on the fake and, in a
 * page, on Chromium's own; they import nothing that a page doesn't have.
 */
export interface PeerConnectionRoom {
  create: () => RTCPeerConnection
  audioTrack: () => MediaStreamTrack
}

export interface PeerConnectionRule {
  readonly title: string
  readonly holds: (room: PeerConnectionRoom) => void | Promise<void>
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [shown, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (shown !== wanted) throw new Error(`${what} is ${shown}, should be ${wanted}`)
}

export async function fails(attempt: () => unknown, name: string, what: string): Promise<void> {
  let error: unknown
  try {
    await attempt()
  } catch (cause) {
    error = cause
  }
  equal((error as Error | undefined)?.name ?? 'nothing', name, `the failure of ${what}`)
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve)
  })

/** Whatever was about to be said has been said. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await turn()
}

export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await turn()
}

export function countOf(connection: RTCPeerConnection, event: string): () => number {
  let count = 0
  connection.addEventListener(event, () => {
    count += 1
  })
  return () => count
}
