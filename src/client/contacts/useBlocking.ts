import { ref, type Ref } from 'vue'
import { AppError } from '#shared/errors.ts'
import { useErrorText, useText } from '#client/i18n/index.ts'
import { useToastStore } from '#client/layout/index.ts'
import { useContactsStore } from './contactsStore.ts'

/** Block a contact or do so no more, and say how it went. */
export function useBlocking(): {
  /** The server is asked. */
  isBlocking: Readonly<Ref<boolean>>
  setBlocked: (contactId: string, isBlocked: boolean) => Promise<void>
} {
  const { t } = useText()
  const errorText = useErrorText()
  const toast = useToastStore()
  const contacts = useContactsStore()
  const isBlocking = ref(false)

  async function setBlocked(contactId: string, isBlocked: boolean): Promise<void> {
    isBlocking.value = true
    try {
      await contacts.setBlocked(contactId, isBlocked)
      toast.show(t(isBlocked ? 'contacts.block.done' : 'contacts.block.undone'))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      toast.show(errorText(error))
    } finally {
      isBlocking.value = false
    }
  }

  return { isBlocking, setBlocked }
}
