import type { App } from '#server/app.ts'
import { noteOwner } from './cookieOwners.ts'

/** An answer as a page gets it. */
export interface Answer {
  status: number
  /** The JSON of the body, or its text. */
  body: unknown
  headers: Record<string, number | string | string[] | undefined>
}

/** What a browser does for a page of ours: keeps the cookie, sends the Origin. */
export interface Browser {
  /** The Cookie header, or the empty string. */
  cookie: string
  /** The attributes of the last cookie that was set. */
  setCookie: string
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>
  delete(path: string, headers?: Record<string, string>): Promise<Answer>
  /** What has happened to calls so far can be read. */
  recorded(): Promise<void>
}

export interface BrowserOptions {
  ip?: string
  /** As seen through a proxy that ends TLS; the server must trust one proxy. */
  isHttps?: boolean
}

export function createBrowser(
  { http, calls }: Pick<App, 'http' | 'calls'>,
  options: BrowserOptions = {},
): Browser {
  const { ip = '192.0.2.1', isHttps = false } = options
  const host = 'ahoy.example'

  async function send(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    { payload, headers = {} }: { payload?: string; headers?: Record<string, string> },
  ): Promise<Answer> {
    const response = await http.inject({
      method,
      url,
      remoteAddress: ip,
      headers: {
        host,
        cookie: browser.cookie,
        ...(isHttps ? { 'x-forwarded-proto': 'https' } : {}),
        ...(method === 'GET' ? {} : { origin: `${isHttps ? 'https' : 'http'}://${host}` }),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    })
    keep(response.headers['set-cookie'])
    const isJson = String(response.headers['content-type']).startsWith('application/json')
    const body: unknown = isJson ? response.json() : response.body
    if (method === 'POST' && ['/api/session', '/api/accounts'].includes(url)) {
      noteOwner(browser.cookie, (body as { id: string }).id)
    }
    return { status: response.statusCode, body, headers: response.headers }
  }

  function keep(header: string | string[] | undefined): void {
    if (typeof header !== 'string') return
    browser.setCookie = header
    const [pair = ''] = header.split(';')
    browser.cookie = pair.endsWith('=') ? '' : pair
  }

  const browser: Browser = {
    recorded: () => calls.flushed(),
    cookie: '',
    setCookie: '',
    get: (path, headers) => send('GET', path, { ...(headers && { headers }) }),
    post: (path, body, headers) =>
      send('POST', path, { payload: JSON.stringify(body), ...(headers && { headers }) }),
    delete: (path, headers) => send('DELETE', path, { ...(headers && { headers }) }),
  }
  return browser
}
