/** Every key this client writes to the browser's storage. */
export const STORAGE_KEYS = {
  /** The id of this browser profile. */
  device: 'ahoy.device',
  /** Who was here last and has not logged out. */
  account: 'ahoy.account',
  /** Who has logged out without the server having heard of it yet. */
  owedLogOut: 'ahoy.owed-log-out',
  /** Theme, language and the privacy switches. */
  settings: 'ahoy.settings',
  /** Microphone, camera and speaker chosen on this device. */
  mediaDevices: 'ahoy.media-devices',
  /** What is done to voice and picture before they are sent, as wanted on this device. */
  effects: 'ahoy.effects',
  /** The call of this tab, for the page that comes after a reload. */
  call: 'ahoy.call',
  /** What the black box holds of that call. */
  callReport: 'ahoy.call-report',
  /** Whose tab it is: what it keeps over a reload is for them alone. */
  tabAccount: 'ahoy.tab-account',
  /** What the network carried in the last call, in kbit/s: there the next one starts. */
  startBitrate: 'ahoy.start-bitrate',
  /** How wide the list beside the detail is, in CSS px. */
  listWidth: 'ahoy.list-width',
} as const

export type StorageKey = (typeof STORAGE_KEYS)[keyof typeof STORAGE_KEYS]
