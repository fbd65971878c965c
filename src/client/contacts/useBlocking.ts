import { ref, type Ref } from 'vue'
import { useText } from '#client/i18n/index.ts'
import { useAttempt, useToastStore } from '#client/layout/index.ts'
import { useContactsStore } from './contactsStore.ts'

/** Block a contact or do so no more, and say how it went. */
export function useBlocking(): {
  /** The server is asked. */
  isBlocking: Readonly<Ref<boolean>>
  setBlocked: (contactId: string, isBlocked: boolean) => Promise<void>
} {
  const { t } = useText()
  const toast = useToastStore()
  const attempt = useAttempt()
  const contacts = useContactsStore()
  const isBlocking = ref(false)

  async function setBlocked(contactId: string, isBlocked: boolean): Promise<void> {
    isBlocking.value = true
    await attempt(async () => {
      await contacts.setBlocked(contactId, isBlocked)
      toast.show(t(isBlocked ? 'contacts.block.done' : 'contacts.block.undone'))
    })
    isBlocking.value = false
  }

  return { isBlocking, setBlocked }
}
