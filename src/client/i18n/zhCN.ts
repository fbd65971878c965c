import accounts from './messages/zh-CN/accounts.ts'
import app from './messages/zh-CN/app.ts'
import calls from './messages/zh-CN/calls.ts'
import chat from './messages/zh-CN/chat.ts'
import contacts from './messages/zh-CN/contacts.ts'
import errors from './messages/zh-CN/errors.ts'
import overlay from './messages/zh-CN/overlay.ts'
import report from './messages/zh-CN/report.ts'
import settings from './messages/zh-CN/settings.ts'

/** Every text of the app in Chinese: the shape that the other languages have to fill. */
export const messages = { accounts, app, calls, chat, contacts, errors, overlay, report, settings }
