/** One input or output as the browser lists it; without a permission labels are empty. */
export interface MediaDevice {
  readonly id: string
  readonly label: string
  readonly kind: 'microphone' | 'camera' | 'speaker'
}

export interface MicrophoneWish {
  readonly deviceId: string | null
  /** The browser takes away the noise: not where something else does, which would hear too little. */
  readonly suppressesNoise: boolean
}

export interface CameraWish {
  readonly deviceId: string | null
  readonly facing: 'user' | 'environment'
}

/** What the user shares of the screen, with its sound where browser and user give it. */
export interface ScreenCapture {
  readonly picture: MediaStreamTrack
  readonly sound: MediaStreamTrack | null
}

/** Microphones, cameras and speakers of this machine. Every failure is an `AppError` `media/…`. */
export interface MediaAdapter {
  /** @throws AppError */
  openMicrophone(wish: MicrophoneWish): Promise<MediaStreamTrack>
  /** @throws AppError */
  openCamera(wish: CameraWish): Promise<MediaStreamTrack>
  /**
   * Both at once: one question to the user where they have to be asked, and neither waits for the
   * other where they need not. Each promise fails for itself.
   */
  openBoth(
    microphone: MicrophoneWish,
    camera: CameraWish,
  ): { microphone: Promise<MediaStreamTrack>; camera: Promise<MediaStreamTrack> }
  /** False where the browser can't share a screen: most phones. */
  readonly canShareScreen: boolean
  /** null: the user chose nothing after all. @throws AppError */
  openScreen(): Promise<ScreenCapture | null>
  listDevices(): Promise<readonly MediaDevice[]>
  onDevicesChanged(handler: () => void): () => void
  /** A stream of just this track, for whatever plays or shows it. */
  streamOf(track: MediaStreamTrack): MediaStream
  /** False where the browser can't choose an output (`setSinkId`). */
  readonly canChooseSpeaker: boolean
  /** null: the system's choice. @throws AppError */
  setSpeaker(element: HTMLAudioElement, deviceId: string | null): Promise<void>
}
