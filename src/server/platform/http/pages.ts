import type { IncomingMessage } from 'node:http'

type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers'>

/** A browser that is to show a page, and neither the API nor a file. */
export const isPage = ({ method, url = '', headers }: Asked): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !/^\/(api|ws)(\/|\?|$)/.test(url) &&
  (headers.accept ?? '').includes('text/html')

/** A file name is no longer, in bytes. */
const NAME_MAX = 255

/** No path of a file can be made of it: half an escape, a NUL, a backslash, a way up, too long. */
function isBroken(url: string): boolean {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/s, ''))
    return Buffer.byteLength(path) > NAME_MAX || /[\0\\]|(?:^|\/)\.\.?(?:\/|$)/.test(path)
  } catch {
    return true
  }
}

/** A broken address of a page is the first page's: the app reads the address itself, and says what is wrong. */
export const pageAddress = (request: Asked): string => {
  const { url = '/' } = request
  return isPage(request) && isBroken(url) ? '/' : url
}
