/**
 * A mobile number as people write or paste it, without what is no part of it: full-width digits, spaces,
 * dashes, brackets, what can't be seen, and the country (+86).
 */
export const bareMobile = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replaceAll(/[\s\p{Z}\p{Pd}\p{Cf}\p{Default_Ignorable_Code_Point}().\u2212]/gu, '')
    .replace(/^(?:\+|00)?86(?=1\d{10}$)/, '')
