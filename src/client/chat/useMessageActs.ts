import { useClipboard, useTimeoutFn } from '@vueuse/core'
import { ref, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import type { RequestBody, RequestType } from '#shared/protocol/envelope.ts'
import { injectAdapter, SOCKET } from '#client/platform/keys.ts'
import { useComposingStore } from './composingStore.ts'
import { useDraftsStore } from './draftsStore.ts'
import { useHistoriesStore } from './historiesStore.ts'
import type { MessageAction } from './messageActions.ts'
import { quoteOf } from './quote.ts'
import { useRecalledStore } from './recalledStore.ts'
import type { ShownMessage } from './shown.ts'

/** How long it is said that something could not be done. */
const FAILURE_MS = 5_000

export interface UseMessageActsReturn {
  /** Why the last thing could not be done; null after a moment. */
  readonly failure: Readonly<Ref<AppError | null>>
  readonly act: (action: MessageAction, message: ShownMessage) => void
  readonly edit: (id: string, text: string) => void
  readonly react: (message: ShownMessage, emoji: string, isOn: boolean) => void
  /** Put what was taken back into the field once more. */
  readonly writeAnew: (message: ShownMessage) => void
}

type ChangeType = Extract<RequestType, 'chat.edit' | 'chat.recall' | 'chat.react'>

/** What the menu of a message does in this conversation. */
export function useMessageActs(conversationId: string): UseMessageActsReturn {
  const socket = injectAdapter(SOCKET)
  const histories = useHistoriesStore()
  const composing = useComposingStore()
  const drafts = useDraftsStore()
  const recalled = useRecalledStore()
  const { copy } = useClipboard({ legacy: true })
  const { failure, attempt } = useAttempts()

  const change = <T extends ChangeType>(type: T, body: RequestBody<T>): Promise<void> =>
    attempt(async () => {
      histories.takeChange((await socket.request(type, body)).message)
    })

  async function recall({ id, body }: ShownMessage): Promise<void> {
    if (body.kind === 'text') recalled.keep(id, body.text)
    await change('chat.recall', { id, conversationId })
  }

  const acts: Record<MessageAction, (message: ShownMessage) => unknown> = {
    reply: (message) => {
      const to = quoteOf(message)
      if (to !== null) composing.turnTo(conversationId, { kind: 'reply', to })
    },
    copy: ({ body }) => (body.kind === 'text' ? copy(body.text) : undefined),
    edit: ({ id, body }) => {
      if (body.kind === 'text')
        composing.turnTo(conversationId, { kind: 'edit', id, text: body.text })
    },
    recall,
    delete: ({ id }) =>
      attempt(async () => {
        await socket.request('chat.delete', { conversationId, ids: [id] })
      }),
  }

  return {
    failure,
    act: (action, message) => void acts[action](message),
    edit: (id, text) => void change('chat.edit', { id, conversationId, text }),
    react: ({ id }, emoji, isOn) => void change('chat.react', { id, conversationId, emoji, isOn }),
    writeAnew({ id }) {
      const text = recalled.texts.get(id)
      if (text === undefined) return
      composing.turnTo(conversationId, null)
      const draft = drafts.drafts.get(conversationId) ?? ''
      drafts.keep(conversationId, draft === '' ? text : `${draft}\n${text}`)
    },
  }
}

/** Things that the server may refuse: why is said for a moment. */
function useAttempts() {
  const failure = ref<AppError | null>(null)
  const { start } = useTimeoutFn(() => void (failure.value = null), FAILURE_MS, {
    immediate: false,
  })

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
      failure.value = null
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      failure.value = error
      start()
    }
  }

  return { failure, attempt }
}
