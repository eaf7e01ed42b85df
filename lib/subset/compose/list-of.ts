const MOST = 10

/** Names for a message: the first ten and the number of further names. */
export const listOf = (names: readonly string[]): string =>
  names.length <= MOST
    ? names.join(', ')
    : `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more`
