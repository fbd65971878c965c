import { createPinia } from 'pinia'
import { uuidv4 } from 'uuidv7'
import { createRenderer, watch, type App } from 'vue'
import type { UserView } from '#shared/protocol/accounts.ts'
import type { CallKind } from '#shared/protocol/calls.ts'
import { useCallStore } from '#client/calls/session/callStore.ts'
import type { CallState } from '#client/calls/machine/state.ts'
import { TUNES } from '#client/calls/ringing/ringtone.ts'
import type { CallView } from '#client/calls/view/useCall.ts'
import { provideCall } from '#client/calls/assembly/useCallView.ts'
import { createTexts, TEXTS } from '#client/i18n/index.ts'
import type { Alerts } from '#client/platform/alerts/Alerts.ts'
import type { Locks } from '#client/platform/locks/Locks.ts'
import {
  ALERTS,
  EFFICIENT_VIDEO,
  LEVEL_METER,
  LOCKS,
  MEDIA,
  PAGE,
  PEER_CONNECTION,
  SOCKET,
  SOUND,
  SOUND_MIXER,
  STORAGE,
  TAB_STORAGE,
  TRACK_PROCESSORS,
} from '#client/platform/keys.ts'
import { createSocketService } from '#client/platform/socket/createSocketService.ts'
import type { TrackProcessor } from '#client/platform/media/processors/TrackProcessor.ts'
import type { SocketService } from '#client/platform/socket/SocketService.ts'
import type { Sound, Tune } from '#client/platform/sound/Sound.ts'
import { createFakePage, createFakeStorage, type FakeStorage } from '../client/fakePage.ts'
import { createFakeMedia, type FakeMedia } from '../media/fakeMedia.ts'
import type { FakeNetwork } from '../peer/fakeNetwork.ts'
import { asConnection, FakePeerConnection } from '../peer/FakePeerConnection.ts'
import type { Browser } from '../server/browser.ts'
import { until } from '../server/virtualTime.ts'
import { createWire, type Wire } from '../socket/wire.ts'

/** A tab with everything but a screen: the real client, from the socket to the view of the call. */
export interface Tab {
  readonly user: UserView
  readonly view: CallView
  readonly call: CallState | null
  /** Every status it went through, with the outcome of each end. */
  readonly history: readonly string[]
  readonly socket: SocketService
  readonly wire: Wire
  readonly media: FakeMedia
  readonly connections: readonly FakePeerConnection[]
  readonly isRinging: boolean
  readonly tabStorage: FakeStorage
  dial(to: { id: string; nickname: string }, kind?: CallKind): void
  close(): void
}

export interface TabOptions {
  origin: string
  network: FakeNetwork
  browser: Browser
  user: UserView
  deviceId?: string
  /** Connects before it is answered; the setting of the user. */
  early?: boolean
  /** What the page before this one has kept: this one comes after a reload. */
  tabStorage?: FakeStorage
}

const { createApp } = createRenderer<object, object>({
  patchProp: () => undefined,
  insert: () => undefined,
  remove: () => undefined,
  createElement: () => ({}),
  createText: () => ({}),
  createComment: () => ({}),
  setText: () => undefined,
  setElementText: () => undefined,
  parentNode: () => null,
  nextSibling: () => null,
})

const alerts: Alerts = {
  permission: 'denied',
  notify: () => () => undefined,
  askPermission: () => Promise.resolve(),
  holdSoundRight(_name, onHeld) {
    onHeld()
    return () => undefined
  },
}

/** Nobody shares a screen here, so nothing is mixed. */
const noMixer = (): never => {
  throw new Error('nothing to mix')
}

/** A browser that can do nothing to what it sends. */
const NO_EFFECT: TrackProcessor = {
  isSupported: false,
  treat: () => Promise.reject(new Error('nothing to treat')),
}

/** No other tab of the test has anything to lock. */
const locks: Locks = {
  hold(_name, onHeld) {
    onHeld()
    return () => undefined
  },
}

function createSound(): { sound: Sound; looping: Tune[] } {
  const looping: Tune[] = []
  const sound: Sound = {
    isBlocked: false,
    onBlockedChanged: () => () => undefined,
    unlock: () => Promise.resolve(),
    loop(tune) {
      looping.push(tune)
      return () => void looping.splice(looping.indexOf(tune), 1)
    },
    play: () => undefined,
  }
  return { sound, looping }
}

export async function openTab(options: TabOptions): Promise<Tab> {
  const { origin, network, browser, user, deviceId = uuidv4() } = options
  const wire = createWire({ origin, cookie: () => browser.cookie })
  const media = createFakeMedia({ isGenerous: true })
  const { sound, looping } = createSound()
  const connections: FakePeerConnection[] = []
  const storage = createFakeStorage()
  const tabStorage = options.tabStorage ?? createFakeStorage()
  if (options.early === false) storage.write('ahoy.settings', { connectBeforeAnswer: false })
  const socket = createSocketService({
    url: `${origin.replace('http', 'ws')}/ws`,
    deviceId,
    legId: uuidv4(),
    whyRefused: async () =>
      (await browser.get('/api/session')).status === 401 ? 'signed-out' : null,
    WebSocket: wire.WebSocket,
  })
  const texts = await createTexts('en')

  let view: CallView | undefined
  const history: string[] = []
  const app: App<object> = createApp({
    setup() {
      view = provideCall()
      const calls = useCallStore()
      watch(
        () => calls.call,
        (call, before) => {
          note(history, call, before)
        },
        { flush: 'sync' },
      )
      return () => null
    },
  })
  app.provide(SOCKET, socket).provide(MEDIA, media).provide(SOUND, sound).provide(ALERTS, alerts)
  app.provide(PAGE, createFakePage()).provide(STORAGE, storage).provide(TEXTS, texts)
  app.provide(TAB_STORAGE, tabStorage).provide(LOCKS, locks)
  app.provide(SOUND_MIXER, noMixer).provide(TRACK_PROCESSORS, { noise: NO_EFFECT, blur: NO_EFFECT })
  app.provide(LEVEL_METER, () => ({ read: () => 0, stop: () => undefined }))
  app.provide(EFFICIENT_VIDEO, () => [])
  app.provide(PEER_CONNECTION, () => {
    const connection = new FakePeerConnection(network)
    connections.push(connection)
    return asConnection(connection)
  })
  app.use(createPinia()).use(texts.plugin)
  app.mount({})
  if (view === undefined) throw new Error('the call was not provided')
  const shown = view
  socket.open(user.id)
  await until('a tab to be online', () => socket.status === 'online')

  return {
    user,
    view: shown,
    get call() {
      return shown.call.value
    },
    history,
    socket,
    wire,
    media,
    connections,
    tabStorage,
    get isRinging() {
      return looping.includes(TUNES.incoming)
    },
    dial(to, kind = 'video') {
      shown.dial({ id: to.id, nickname: to.nickname }, kind)
    },
    close() {
      app.unmount()
      socket.close()
    },
  }
}

function note(history: string[], call: CallState | null, before: CallState | null): void {
  const word =
    call === null ? 'none' : call.status === 'closing' ? `closing ${call.outcome}` : call.status
  if (history.at(-1) !== word || before?.callId !== call?.callId) history.push(word)
}
