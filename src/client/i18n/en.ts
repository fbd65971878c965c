import accounts from './messages/en/accounts.ts'
import app from './messages/en/app.ts'
import calls from './messages/en/calls.ts'
import chat from './messages/en/chat.ts'
import contacts from './messages/en/contacts.ts'
import errors from './messages/en/errors.ts'
import overlay from './messages/en/overlay.ts'
import report from './messages/en/report.ts'
import settings from './messages/en/settings.ts'
import type { Messages } from './messageKey.ts'

/** Every text of the app in English. */
export const messages: Messages = {
  accounts,
  app,
  calls,
  chat,
  contacts,
  errors,
  overlay,
  report,
  settings,
}
