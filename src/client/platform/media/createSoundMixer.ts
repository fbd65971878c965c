import type { SoundMixer } from './SoundMixer.ts'

/** Mixes on the page's AudioContext, which runs: sharing and talking began with a gesture. */
export const createSoundMixer =
  (context: () => AudioContext): SoundMixer =>
  (tracks) => {
    const output = context().createMediaStreamDestination()
    const sources = tracks.map((track) =>
      context().createMediaStreamSource(new MediaStream([track])),
    )
    for (const source of sources) source.connect(output)
    const [track] = output.stream.getAudioTracks()
    if (track === undefined) throw new Error('a destination without a track')
    return {
      track,
      stop() {
        for (const source of sources) source.disconnect()
        track.stop()
      },
    }
  }
