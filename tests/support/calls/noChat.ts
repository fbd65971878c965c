import { AppError } from '#shared/errors.ts'
import type { FrameHandlers } from '#server/platform/gateway/handlers.ts'

const refuse = (): Promise<never> => Promise.reject(new AppError('request/server'))

/** The frames of the chat, where only calls are tried. */
export const NO_CHAT: Omit<FrameHandlers, `call.${string}`> = {
  'chat.send': refuse,
  'chat.edit': refuse,
  'chat.recall': refuse,
  'chat.react': refuse,
  'chat.delete': refuse,
  'chat.readers': refuse,
  'chat.settings': refuse,
  'group.create': refuse,
  'group.add': refuse,
  'group.leave': refuse,
  'group.rename': refuse,
  'group.announce': refuse,
  'group.alias': refuse,
  'group.remove': refuse,
  'group.role': refuse,
  'group.dissolve': refuse,
  'feed.get': refuse,
  'presence.get': refuse,
  'presence.typing': refuse,
  'presence.prefer': refuse,
}
