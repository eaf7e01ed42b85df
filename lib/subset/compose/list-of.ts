const MOST = 10

/** Names for a message: the first ten, and how many more. */
export const listOf = (names: readonly string[]): string =>
  names.length <= MOST
    ? names.join(', ')
    : `${names.slice(0, MOST).join(', ')} and ${names.length - MOST} more`
