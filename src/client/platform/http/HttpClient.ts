import type * as v from 'valibot'

/** JSON over HTTP to our own server, same origin, with the session cookie. */
export interface HttpClient {
  /**
   * @param reply schema of the body of a 2xx answer
   * @throws AppError the server's typed error, `connection/offline` when it can't be reached
   */
  get<S extends v.GenericSchema>(path: string, reply: S): Promise<v.InferOutput<S>>
  post<S extends v.GenericSchema>(path: string, body: unknown, reply: S): Promise<v.InferOutput<S>>
  delete<S extends v.GenericSchema>(path: string, reply: S): Promise<v.InferOutput<S>>
}
