/** The database can't be reached or used; the text says where and why, and no password. */
export class DatabaseUnusable extends Error {
  constructor(place: string, why: string, options?: ErrorOptions) {
    super(`The database at ${place} can't be used: ${why}`, options)
    this.name = 'DatabaseUnusable'
  }
}
