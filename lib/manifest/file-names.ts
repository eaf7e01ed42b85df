/**
 * Names that a manifest may list for its files. Any program may have written them, so only names are allowed that are
 * no path and no pattern, and that need no escaping in folders, URLs and SQL.
 */
export const SAFE_FILE = /^[A-Za-z0-9_][A-Za-z0-9._=-]{0,199}\.parquet$/

const CONTENT_NAMED = /^[a-z_]+-([0-9a-f]{16})\.parquet$/

/** Whether a file's name has the form that this program writes: table and start of the hash. */
export const isContentNamed = (name: string): boolean => CONTENT_NAMED.test(name)

/** Whether a file's name contains the start of its hash, so that it never stands for other content. */
export const namesContent = (name: string, sha256: string): boolean =>
  CONTENT_NAMED.exec(name)?.[1] === sha256.slice(0, 16)
