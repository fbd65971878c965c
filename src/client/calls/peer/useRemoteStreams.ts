import { shallowRef, type ShallowRef } from 'vue'
import { TRACK_KINDS, type TrackKind } from './trackKinds.ts'

/** What the peer sends, each kind as a stream for the element that plays it. */
export interface RemoteStreams {
  readonly remoteAudio: Readonly<ShallowRef<MediaStream | null>>
  readonly remoteVideo: Readonly<ShallowRef<MediaStream | null>>
  readonly remoteScreen: Readonly<ShallowRef<MediaStream | null>>
}

export interface UseRemoteStreamsReturn {
  streams: RemoteStreams
  play: (tracks: ReadonlyMap<TrackKind, MediaStreamTrack>) => void
  /** The element that shows it begins anew, with the same track. */
  replay: (kind: TrackKind) => void
  stop: () => void
}

export function useRemoteStreams(
  streamOf: (track: MediaStreamTrack) => MediaStream,
): UseRemoteStreamsReturn {
  const audio = shallowRef<MediaStream | null>(null)
  const camera = shallowRef<MediaStream | null>(null)
  const screen = shallowRef<MediaStream | null>(null)
  const places = { audio, camera, screen }

  function show(place: typeof audio, track: MediaStreamTrack | undefined): void {
    // An element that is handed a new stream begins anew: the same track keeps the one it has.
    if (track !== undefined && place.value?.getTracks()[0] === track) return
    place.value = track === undefined ? null : streamOf(track)
  }

  return {
    streams: { remoteAudio: audio, remoteVideo: camera, remoteScreen: screen },
    play(tracks) {
      for (const kind of TRACK_KINDS) show(places[kind], tracks.get(kind))
    },
    replay(kind) {
      const [track] = places[kind].value?.getTracks() ?? []
      if (track !== undefined) places[kind].value = streamOf(track)
    },
    stop() {
      for (const kind of TRACK_KINDS) show(places[kind], undefined)
    },
  }
}
