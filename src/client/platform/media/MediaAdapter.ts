/** One input or output as the browser lists it; without a permission labels are empty. */
export interface MediaDevice {
  readonly id: string
  readonly label: string
  readonly kind: 'microphone' | 'camera' | 'speaker'
}

export interface MicrophoneConstraints {
  readonly deviceId: string | null
  /** The browser takes away the noise: not where something else does, which would hear too little. */
  readonly suppressesNoise: boolean
}

export interface CameraConstraints {
  readonly deviceId: string | null
  readonly facing: 'user' | 'environment'
}

export interface OpenOptions {
  /** Refused, instead of asking the user: for what nobody has pressed. */
  readonly quietly?: boolean
}

/** What the user shares of the screen, with its sound where browser and user give it. */
export interface ScreenCapture {
  readonly picture: MediaStreamTrack
  readonly sound: MediaStreamTrack | null
}

/** Microphones, cameras and speakers of this machine. Every failure is an `AppError` `media/…`. */
export interface MediaAdapter {
  /**
   * While the browser asks the user for the device, there is no second question: whoever else wants
   * it waits for the answer, and a no is the answer to them as well.
   * @throws AppError
   */
  openMicrophone(
    constraints: MicrophoneConstraints,
    options?: OpenOptions,
  ): Promise<MediaStreamTrack>
  /** The same. @throws AppError */
  openCamera(constraints: CameraConstraints, options?: OpenOptions): Promise<MediaStreamTrack>
  /**
   * Both at once: one question to the user where they have to be asked, whatever they answer, and
   * neither waits for the other where they need not. Each promise fails for itself.
   */
  openBoth(
    microphone: MicrophoneConstraints,
    camera: CameraConstraints,
  ): { microphone: Promise<MediaStreamTrack>; camera: Promise<MediaStreamTrack> }
  /** Whether the browser asks the user before it opens the device; true where it can't tell. */
  mustAsk(device: 'microphone' | 'camera'): Promise<boolean>
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
