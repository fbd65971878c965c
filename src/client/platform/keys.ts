import { inject, type InjectionKey } from 'vue'
import type { Alerts } from './alerts/Alerts.ts'
import type { AccountDatabases } from './database/AccountDatabase.ts'
import type { HttpClient } from './http/HttpClient.ts'
import type { Locks } from './locks/Locks.ts'
import type { LevelMeterFactory } from './media/LevelMeter.ts'
import type { MediaAdapter } from './media/MediaAdapter.ts'
import type { SoundMixer } from './media/SoundMixer.ts'
import type { TrackProcessors } from './media/processors/TrackProcessor.ts'
import type { Page } from './page/Page.ts'
import type { EfficientVideo } from './peer/EfficientVideo.ts'
import type { PeerConnectionFactory } from './peer/PeerConnectionFactory.ts'
import type { SocketService } from './socket/SocketService.ts'
import type { Sound } from './sound/Sound.ts'
import type { ValueStorage } from './storage/ValueStorage.ts'
import type { Tabs } from './tabs/Tabs.ts'

/** What `main.ts` provides and the rooms inject. A room never builds an adapter. */
export const HTTP: InjectionKey<HttpClient> = Symbol('http')
export const SOCKET: InjectionKey<SocketService> = Symbol('socket')
export const STORAGE: InjectionKey<ValueStorage> = Symbol('storage')
/** Values of this tab alone, kept over a reload. */
export const TAB_STORAGE: InjectionKey<ValueStorage> = Symbol('tab storage')
export const LOCKS: InjectionKey<Locks> = Symbol('locks')
export const DATABASES: InjectionKey<AccountDatabases> = Symbol('databases')
export const TABS: InjectionKey<Tabs> = Symbol('tabs')
export const PAGE: InjectionKey<Page> = Symbol('page')
export const MEDIA: InjectionKey<MediaAdapter> = Symbol('media')
export const LEVEL_METER: InjectionKey<LevelMeterFactory> = Symbol('level meter')
export const SOUND_MIXER: InjectionKey<SoundMixer> = Symbol('sound mixer')
export const TRACK_PROCESSORS: InjectionKey<TrackProcessors> = Symbol('track effects')
export const PEER_CONNECTION: InjectionKey<PeerConnectionFactory> = Symbol('peer connection')
export const EFFICIENT_VIDEO: InjectionKey<EfficientVideo> = Symbol('efficient video')
export const SOUND: InjectionKey<Sound> = Symbol('sound')
export const ALERTS: InjectionKey<Alerts> = Symbol('alerts')

/** Inject an adapter, loudly when it is missing: that is a mistake in the composition root. */
export function injectAdapter<T>(key: InjectionKey<T>): T {
  const adapter = inject(key)
  if (adapter === undefined) throw new Error(`no adapter provided for ${String(key.description)}`)
  return adapter
}
