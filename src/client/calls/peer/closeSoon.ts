/** How long the last word, said three times in 250 ms, has to get out before the connection closes. */
const LAST_WORD_MS = 400

/** Nothing of this side is heard or seen any more, and what was said gets out. */
export function closeSoon(connection: RTCPeerConnection): void {
  for (const sender of connection.getSenders()) {
    void sender.replaceTrack(null).catch(() => undefined)
  }
  setTimeout(() => {
    connection.close()
  }, LAST_WORD_MS)
}
