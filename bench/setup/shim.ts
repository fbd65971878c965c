/** What both flows get, so that only their order of steps differs. Runs inside of the page. */
export interface ShimOptions {
  /** A camera of our days takes this long to open; the fake one is unnaturally fast. */
  cameraMs: number
  /** Half of it going out, half coming in: one trip from page to page takes this long. */
  signalMs: number
}

/** Epoch ms at which things happened in this page, or null. */
export interface Marks {
  /** The last click. */
  click: number | null
  /** `alertdialog` or anything else that says that it rings. */
  rings: number | null
  firstVideo: number | null
  firstAudio: number | null
  /** An RTCPeerConnection was connected. */
  connected: number | null
}

declare global {
  interface Window {
    benchMarks: Marks
  }
}

/** Delay cameras and sockets, and mark the first remote sound and picture by what was played out. */
export function installShim({ cameraMs, signalMs }: ShimOptions): void {
  const now = (): number => performance.timeOrigin + performance.now()
  const marks: Marks = {
    click: null,
    rings: null,
    firstVideo: null,
    firstAudio: null,
    connected: null,
  }
  window.benchMarks = marks
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

  window.addEventListener(
    'click',
    () => {
      marks.click = now()
    },
    { capture: true },
  )

  // Whichever page rings shows a dialog that says so; it is there before it is painted.
  new MutationObserver((_records, observer) => {
    if (document.querySelector('[role=alertdialog], #answer:not([hidden])') === null) return
    marks.rings = now()
    observer.disconnect()
  }).observe(document, { subtree: true, childList: true, attributes: true })

  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    if (constraints?.video !== undefined && constraints.video !== false) await wait(cameraMs)
    return open(constraints)
  }

  if (signalMs > 0) delaySockets(signalMs / 2)

  const Original = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Original {
    constructor(config?: RTCConfiguration) {
      super(config)
      this.addEventListener('connectionstatechange', () => {
        if (this.connectionState === 'connected') marks.connected ??= now()
      })
      const timer = setInterval(() => {
        if (this.connectionState === 'closed') clearInterval(timer)
        for (const { track, getSynchronizationSources } of this.getReceivers().map((receiver) => ({
          track: receiver.track,
          getSynchronizationSources: () => receiver.getSynchronizationSources(),
        }))) {
          if (getSynchronizationSources().length === 0) continue
          if (track.kind === 'video') marks.firstVideo ??= now()
          else marks.firstAudio ??= now()
        }
      }, 4)
    }
  }

  function delaySockets(halfMs: number): void {
    const Socket = window.WebSocket
    window.WebSocket = class extends Socket {
      override send(data: string): void {
        setTimeout(() => {
          if (this.readyState === Socket.OPEN) super.send(data)
        }, halfMs)
      }

      override addEventListener(type: string, listener: (event: Event) => void): void {
        if (type !== 'message') super.addEventListener(type, listener)
        else {
          super.addEventListener(type, (event) => {
            setTimeout(() => {
              listener(event)
            }, halfMs)
          })
        }
      }
    }
  }
}
