import './ui/base.css'
import { createPinia } from 'pinia'
import { uuidv4 } from 'uuidv7'
import { createApp, type App as VueApp } from 'vue'
import { AppError } from '#shared/errors.ts'
import { AccountView } from '#shared/protocol/accounts.ts'
import { PREPARE_SIGNED_IN, useSessionStore } from './accounts/index.ts'
import App from './App.vue'
import { createTexts, TEXTS } from './i18n/index.ts'
import { createAlerts } from './platform/alerts/createAlerts.ts'
import { createAccountDatabases } from './platform/database/createAccountDatabases.ts'
import { loadDeviceId } from './platform/device.ts'
import { createHttpClient } from './platform/http/createHttpClient.ts'
import type { HttpClient } from './platform/http/HttpClient.ts'
import { createLocks } from './platform/locks/createLocks.ts'
import {
  ALERTS,
  DATABASES,
  EFFICIENT_VIDEO,
  HTTP,
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
  TABS,
  TRACK_PROCESSORS,
} from './platform/keys.ts'
import { createBackgroundBlur } from './platform/media/processors/createBackgroundBlur.ts'
import { createLevelMeterFactory } from './platform/media/createLevelMeter.ts'
import { createMediaAdapter } from './platform/media/createMediaAdapter.ts'
import { createNoiseSuppressor } from './platform/media/processors/createNoiseSuppressor.ts'
import { createSoundMixer } from './platform/media/createSoundMixer.ts'
import { createPage } from './platform/page/createPage.ts'
import { keepOffline } from './platform/page/keepOffline.ts'
import { createEfficientVideo } from './platform/peer/createEfficientVideo.ts'
import { createPeerConnection } from './platform/peer/createPeerConnection.ts'
import { createSocketService } from './platform/socket/createSocketService.ts'
import { browserWakeUps } from './platform/socket/wakeUps.ts'
import type { SocketService } from './platform/socket/SocketService.ts'
import { createSound } from './platform/sound/createSound.ts'
import { createValueStorage } from './platform/storage/createValueStorage.ts'
import type { ValueStorage } from './platform/storage/ValueStorage.ts'
import { createTabs } from './platform/tabs/createTabs.ts'
import { createAppRouter, fetchPages, leaveWithSession } from './router.ts'
import { localeOf, readSettings } from './settings/index.ts'
import { createSignedInPart } from './signedInPart.ts'

function createSocket(http: HttpClient, storage: ValueStorage): SocketService {
  return createSocketService({
    url: `${window.location.origin.replace(/^http/, 'ws')}/ws`,
    deviceId: loadDeviceId(storage),
    legId: uuidv4(),
    whyRefused: () => http.get('/api/session', AccountView).then(() => null, refusalOf),
    wakeUps: browserWakeUps(window),
  })
}

function refusalOf(error: unknown): 'signed-out' | 'other-account' | null {
  if (!(error instanceof AppError)) throw error
  if (error.code === 'auth/signed-out') return 'signed-out'
  return error.code === 'auth/other-account' ? 'other-account' : null
}

function provideMedia(app: VueApp): void {
  const sound = createSound(window)
  app.provide(MEDIA, createMediaAdapter(window))
  app.provide(SOUND, sound)
  app.provide(
    LEVEL_METER,
    createLevelMeterFactory(() => sound.context()),
  )
  app.provide(
    SOUND_MIXER,
    createSoundMixer(() => sound.context()),
  )
  app.provide(TRACK_PROCESSORS, {
    noise: createNoiseSuppressor(window),
    blur: createBackgroundBlur(window),
  })
  app.provide(PEER_CONNECTION, createPeerConnection)
  app.provide(EFFICIENT_VIDEO, createEfficientVideo(window.navigator.mediaCapabilities))
  const locks = createLocks(window)
  app.provide(ALERTS, createAlerts(window, locks)).provide(LOCKS, locks)
}

/** The composition root: the only place that builds adapters. */
async function start(): Promise<void> {
  const pinia = createPinia()
  const page = createPage(window)
  const storage = createValueStorage(window)
  const http = createHttpClient({
    fetch: window.fetch.bind(window),
    accountId: () => useSessionStore(pinia).account?.id ?? null,
    onRefused: (code) => {
      useSessionStore(pinia).expire(code === 'auth/signed-out' ? 'expired' : 'other-account')
    },
  })
  const texts = await createTexts(localeOf(readSettings(storage), page.languages))

  const signedIn = createSignedInPart()
  const app = createApp(App, { signedIn })
  app.provide(PREPARE_SIGNED_IN, () => signedIn.load())
  app.provide(HTTP, http).provide(SOCKET, createSocket(http, storage)).provide(STORAGE, storage)
  app.provide(TAB_STORAGE, createValueStorage(window, 'sessionStorage'))
  app.provide(PAGE, page).provide(TEXTS, texts)
  app.provide(DATABASES, createAccountDatabases()).provide(TABS, createTabs(window))
  provideMedia(app)
  app.use(pinia).use(texts.plugin)
  const router = createAppRouter()
  app.use(router)
  leaveWithSession(router)
  app.mount('#app')
  // Whoever is about to log in shall not wait for it; where it fails, the log-in says so.
  await router.isReady()
  await signedIn.load().catch(() => undefined)
  await fetchPages(router)
  keepOffline(window, import.meta.env.PROD)
}

void start()
