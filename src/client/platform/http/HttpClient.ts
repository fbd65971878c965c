import type * as v from 'valibot'

/**
 * JSON over HTTP to our own server, same origin, with the session cookie. Each request belongs to the
 * account of the page [HS12].
 */
export interface HttpClient {
  /**
   * @param reply schema of the body of a 2xx answer
   * @throws AppError the server's typed error, `connection/offline` when it can't be reached or has not
   * answered after 15 s
   */
  get<S extends v.GenericSchema>(path: string, reply: S): Promise<v.InferOutput<S>>
  post<S extends v.GenericSchema>(path: string, body: unknown, reply: S): Promise<v.InferOutput<S>>
  /** @param of whose request it is, where that is not who is here now */
  delete<S extends v.GenericSchema>(path: string, reply: S, of?: string): Promise<v.InferOutput<S>>
  /** Who asked has left: what is on its way fails now, and is not for who comes next. */
  abandon(): void
}
