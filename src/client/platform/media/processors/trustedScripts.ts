/** Not in the DOM types yet (W3C Trusted Types), and not in every browser. */
interface TrustedView {
  trustedTypes?: {
    createPolicy(
      name: 'default',
      rules: { createScriptURL: (url: string) => string | null },
    ): unknown
  }
}

/**
 * Let these addresses, and no other, be the source of a script that a library puts into the page by
 * itself. A page has one such policy: call it once.
 */
export function trustScripts(view: Window, addresses: readonly string[]): void {
  const trusted = new Set(addresses)
  ;(view as TrustedView).trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => (trusted.has(url) ? url : null),
  })
}
