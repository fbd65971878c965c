/**
 * A password as it is hashed: the same however a keyboard composes its letters, and in any width
 * (NIST SP 800-63B-4 3.1.1.2). Nothing is trimmed or cut.
 */
export const plainPassword = (typed: string): string => typed.normalize('NFKC')
