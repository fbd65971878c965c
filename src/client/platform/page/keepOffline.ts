const ADDRESS = '/sw.js'

/** Not in the DOM types yet (W3C Trusted Types), and not in every browser. */
interface TrustedView {
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL: (url: string) => string },
    ): { createScriptURL(url: string): string }
  }
}

/** The one address that our policy lets be run as a worker. */
function workerAddress({ trustedTypes }: TrustedView): string {
  const createScriptURL = (): string => ADDRESS
  return (
    trustedTypes?.createPolicy('ahoy-worker', { createScriptURL }).createScriptURL(ADDRESS) ??
    ADDRESS
  )
}

/**
 * Have this browser keep the files of the app, so that it opens without a server. A browser that can't,
 * or an insecure origin, goes on as before.
 */
export function keepOffline(view: Window, isBuilt: boolean): void {
  const { navigator } = view
  // Not in every browser, and nowhere on an insecure origin.
  const workers = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined
  if (workers === undefined) return
  if (isBuilt) {
    void workers.register(workerAddress(view as TrustedView)).catch(() => undefined)
    return
  }
  // What a build has left at this address must not answer for the development server.
  void workers.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister())))
}
