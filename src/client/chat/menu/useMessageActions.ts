import { useClipboard } from '@vueuse/core'
import { useRouter } from 'vue-router'
import type { RequestBody, RequestType } from '#shared/protocol/envelope.ts'
import { useText } from '#client/i18n/index.ts'
import { useAttempt, useToastStore } from '#client/layout/index.ts'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { useDraftsStore } from '../drafts/draftsStore.ts'
import { useHistoriesStore } from '../history/historiesStore.ts'
import type { MessageAction } from './messageActions.ts'
import { editOf } from '../drafts/draftPurpose.ts'
import { useOutboxStore } from '../outbox/outboxStore.ts'
import { quoteOf } from '../bodies/quote.ts'
import { useRecalledStore } from '../bodies/recalledStore.ts'
import type { ShownMessage } from '../timeline/shown.ts'
import type { ForwardState } from './useForwarded.ts'

export interface UseMessageActionsReturn {
  readonly act: (action: MessageAction, message: ShownMessage) => void
  /** Say again elsewhere what these messages say. */
  readonly forward: (seqs: readonly number[]) => void
  /** Delete for oneself. */
  readonly remove: (ids: readonly string[]) => void
  readonly react: (message: ShownMessage, emoji: string, isOn: boolean) => void
  /** Put what was taken back into the field once more. */
  readonly editAgain: (message: ShownMessage) => void
}

type ChangeType = Extract<RequestType, 'chat.recall' | 'chat.react'>

/** What the menu of a message does in this conversation. @param select begin to choose several */
export function useMessageActions(
  conversationId: string,
  select: (id: string) => void,
): UseMessageActionsReturn {
  const socket = injectAdapter(SOCKET)
  const [histories, drafts] = [useHistoriesStore(), useDraftsStore()]
  const [recalled, outbox] = [useRecalledStore(), useOutboxStore()]
  const { copy } = useClipboard({ legacy: true })
  const attempt = useAttempt()
  const [toast, router] = [useToastStore(), useRouter()]
  const { forward, remove } = useSeveral(conversationId)
  const { t } = useText()

  const change = <T extends ChangeType>(type: T, body: RequestBody<T>): Promise<void> =>
    attempt(async () => {
      histories.takeChange((await socket.request(type, body)).message)
    })

  async function recall({ id, body }: ShownMessage): Promise<void> {
    if (body.kind === 'text') recalled.keep(id, body.text)
    await change('chat.recall', { id, conversationId })
  }

  const acts: Record<MessageAction, (message: ShownMessage) => unknown> = {
    reply: ({ seq, ...message }) => {
      if (seq === null) return
      const to = quoteOf({ ...message, seq })
      drafts.turnTo(conversationId, { kind: 'reply', to })
    },
    async copy({ body }) {
      if (body.kind !== 'text') return
      await copy(body.text)
      toast.show(t('chat.menu.copied'))
    },
    edit: ({ id, body }) => {
      if (body.kind === 'text') drafts.turnTo(conversationId, editOf(id, body.text))
    },
    report: ({ body }) => {
      if (body.kind === 'call') void router.push(`/settings/calls/${body.callId}`)
    },
    forward: ({ seq }) => {
      if (seq !== null) forward([seq])
    },
    readers: ({ id }) => router.push(`/chats/${conversationId}/readers/${id}`),
    recall,
    select: ({ id }) => {
      select(id)
    },
    delete: ({ id }) => {
      remove([id])
    },
    discard: ({ id }) => {
      outbox.discard(id)
    },
  }

  return {
    act: (action, message) => void acts[action](message),
    forward,
    remove,
    react: ({ id }, emoji, isOn) => void change('chat.react', { id, conversationId, emoji, isOn }),
    editAgain: useEditingAgain(conversationId),
  }
}

/** What is done with one message or with several. */
function useSeveral(conversationId: string): Pick<UseMessageActionsReturn, 'forward' | 'remove'> {
  const socket = injectAdapter(SOCKET)
  const attempt = useAttempt()
  const router = useRouter()
  return {
    forward: (seqs) => {
      const state: ForwardState = { conversationId, seqs: [...seqs] }
      void router.push({ path: '/chats/forward', state })
    },
    remove: (ids) =>
      void attempt(() => socket.request('chat.delete', { conversationId, ids: [...ids] })),
  }
}

/** Put a text that was taken back behind what one has begun to write. */
function useEditingAgain(conversationId: string): UseMessageActionsReturn['editAgain'] {
  const drafts = useDraftsStore()
  const recalled = useRecalledStore()
  return ({ id }) => {
    const text = recalled.texts.get(id)
    if (text !== undefined) drafts.insert(conversationId, text)
  }
}
