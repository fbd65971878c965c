import { AppError } from '#shared/errors.ts'

export type InputDevice = 'microphone' | 'camera'

/** The user said no, or closed the question. */
export const isRefusal = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'media/permission-denied'

/** What the browser says of a permission; null where it does not know its name. */
export async function permissionOf(
  { permissions }: Navigator,
  name: InputDevice,
): Promise<PermissionState | null> {
  try {
    return (await permissions.query({ name })).state
  } catch {
    return null
  }
}

export interface Questions {
  /**
   * Carry out a request for these devices. While the browser asks the user for one of them, nobody
   * else asks for it: they wait for the answer, and a no is the answer to them as well.
   *
   * @throws AppError
   */
  ask<T>(devices: readonly InputDevice[], request: () => Promise<T>): Promise<T>
}

/** One press, one question: Chromium blocks a site for good after three that are closed. */
export function createQuestions(navigator: Navigator): Questions {
  const asking = new Map<InputDevice, Promise<AppError | null>>()

  async function needsNone(devices: readonly InputDevice[]): Promise<boolean> {
    const states = await Promise.all(devices.map((device) => permissionOf(navigator, device)))
    return states.every((state) => state === 'granted')
  }

  return {
    async ask(devices, request) {
      const earlier = devices.flatMap((device) => asking.get(device) ?? [])
      const answer = Promise.withResolvers<AppError | null>()
      for (const device of devices) asking.set(device, answer.promise)
      try {
        const [refusal] = (await Promise.all(earlier)).filter((one) => one !== null)
        if (refusal !== undefined) throw refusal
        if (await needsNone(devices)) answer.resolve(null)
        return await request()
      } catch (error) {
        if (isRefusal(error)) answer.resolve(error)
        throw error
      } finally {
        answer.resolve(null)
        for (const device of devices) {
          if (asking.get(device) === answer.promise) asking.delete(device)
        }
      }
    },
  }
}
