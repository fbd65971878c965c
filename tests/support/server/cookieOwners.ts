/** Whose session a cookie stands for, as the answer to its log-in said. */
const owners = new Map<string, string>()

export function noteOwner(cookie: string, userId: string): void {
  owners.set(cookie, userId)
}

/** @returns null for a cookie of no log-in */
export const ownerOf = (cookie: string | undefined): string | null =>
  owners.get(cookie ?? '') ?? null
