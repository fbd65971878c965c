import { AppError, type ErrorCode } from '#shared/errors.ts'
import { useErrorText, useText } from '#client/i18n/index.ts'
import { useToastStore } from '#client/layout/index.ts'
import { useDraftsStore } from '../drafts/draftsStore.ts'
import { useHistoriesStore } from '../history/historiesStore.ts'
import { isMessage, type OutboxItem } from './outbox.ts'
import type { OutboxPumpOptions } from './outboxPump.ts'
import type { OutboxRecords } from './useOutboxRecords.ts'

/** What comes of the server's answer to a message or an edit. */
export function useOutboxAnswers({
  put,
  remove,
}: Pick<OutboxRecords, 'put' | 'remove'>): Pick<OutboxPumpOptions, 'onSent' | 'onRefused'> {
  const histories = useHistoriesStore()
  const drafts = useDraftsStore()
  const sayRefused = useRefusedEdit()

  /** What could not be changed is in the field again: nothing that was written is lost. */
  function giveBack(item: OutboxItem, failure: ErrorCode): void {
    drafts.append(item.conversationId, item.text)
    remove(item.id)
    sayRefused(failure)
  }

  return {
    onSent(item, message) {
      if (isMessage(item)) histories.take(message)
      else histories.takeChange(message)
      remove(item.id)
    },
    onRefused(item, failure) {
      if (isMessage(item)) put({ ...item, failure })
      else giveBack(item, failure)
    },
  }
}

/** Say why a message could not be changed, and where the text is. */
function useRefusedEdit(): (failure: ErrorCode) => void {
  const { t } = useText()
  const errorText = useErrorText()
  const toast = useToastStore()
  return (failure) => {
    // What contradicts an edit is that there is no text any more.
    const isRecalled = failure === 'request/conflict'
    const why = isRecalled ? t('chat.editRefused.recalled') : errorText(new AppError(failure))
    toast.show(t('chat.editRefused.line', { why }))
  }
}
