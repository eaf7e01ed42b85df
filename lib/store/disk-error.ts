import { QueryError, UserError } from '../errors'

/** A failure of the disk, memory or engine. The data is not the cause. */
export class DiskError extends UserError {
  override name = 'DiskError'
}

/** Messages of Node and DuckDB for a full disk. The last alternative is the limit of DuckDB's spill folder. */
const FULL = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|max_temp_directory_size/

/** DuckDB's messages for failed reads and writes. */
const DUCKDB_IO = /\bIO Error\b|\bCould not (write|read|open|create|move|remove|sync|truncate|seek)/

/** DuckDB's messages for too little memory: either the memory limit is reached, or the machine has no more. */
const MEMORY = /\bOut of Memory Error\b|\bstd::bad_alloc\b/

/** DuckDB's messages for internal faults. The database rejects all queries after such a fault. */
const FAULT = /\bINTERNAL Error\b|\bFATAL Error\b|database has been invalidated/

/** The first line of DuckDB's out-of-memory message; null for any other error. */
export function memoryProblem(error: unknown): string | null {
  if (!(error instanceof Error) || error instanceof UserError) return null
  const { message } =
    error instanceof QueryError && error.cause instanceof Error ? error.cause : error
  return MEMORY.test(message) ? (message.split('\n', 1)[0] ?? message) : null
}

/**
 * Turn a failure of the disk or engine, while a manifest is written, into an error with a one-line message. Other
 * errors are returned unchanged.
 *
 * @param out The manifest's folder. Temporary files are written beside this folder, on the same disk.
 */
export function diskError(error: unknown, out: string): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error
  const { message } =
    error instanceof QueryError && error.cause instanceof Error ? error.cause : error
  const [reason] = message.split('\n', 1)
  const { code, syscall } = error as NodeJS.ErrnoException
  const say = (problem: string) =>
    new DiskError(`${out}: ${problem}; an existing manifest there is unchanged`, 1, {
      cause: error,
    })
  if (FULL.test(message))
    return say(
      `no space left for the manifest or its temporary files (${reason}); free disk space, or choose an --out folder on a larger disk, and run the command again`,
    )
  if (code === 'EXDEV')
    return say('the folder is a mount point of another disk; choose a folder inside it')
  if (syscall !== undefined || DUCKDB_IO.test(message))
    return say(
      `cannot be written (${reason}); check the disk and its permissions, and run the command again`,
    )
  if (MEMORY.test(message))
    return say(
      `not enough memory (${reason}); close other programs and run the command again; if it fails again, please report it`,
    )
  if (FAULT.test(message))
    return say(
      `DuckDB failed (${reason}); run the command again; if it fails again, please report it`,
    )
  return error
}
