import type { ErrorCode } from '#shared/errors.ts'

export type InputKind = 'microphone' | 'camera'
export type DeviceKind = InputKind | 'speaker'

/** A device as the browser names it; `label` is empty before a permission was given. */
export interface DeviceChoice {
  readonly id: string
  readonly label: string
}

/** `unavailable`: no device, no permission, or taken by another program; `notices` says which. */
export type ControlState = 'on' | 'off' | 'unavailable'

/** Something the user should know while the call goes on, with what to do about it. */
export interface CallNotice {
  readonly device: DeviceKind
  readonly code: ErrorCode
}

/** Why a processor switched itself off: it could not be loaded, or the computer is too slow for it. */
export type ProcessorTrouble = 'failed' | 'slow'

/** `starting`: what is needed is being loaded; the track goes on as it is, or waits. */
export type ProcessorState = 'off' | 'starting' | 'on' | ProcessorTrouble

/** What has just happened, told once: a key of `overlay.line` and what stands in its sentence. */
export interface CallLine {
  readonly word: LineWord
  readonly values?: Readonly<Record<string, string>>
}

export type LineWord =
  | 'screenDenied'
  | 'screenFailed'
  | 'upgradeDeclined'
  | 'upgradeUnanswered'
  | `${DeviceKind}${'Gone' | 'Back'}`

/** Going from voice to video: I ask, I am asked, or neither. */
export type UpgradeState = 'none' | 'asking' | 'asked'
