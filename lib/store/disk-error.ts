import { QueryError, UserError } from '../errors'

/** The disk, the memory or the engine failed, not the data. */
export class DiskError extends UserError {
  override name = 'DiskError'
}

/** As Node and DuckDB say it; the last one is the folder for what does not fit into memory. */
const FULL = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|max_temp_directory_size/

/** DuckDB's words for reads and writes that failed. */
const DUCKDB_IO = /\bIO Error\b|\bCould not (write|read|open|create|move|remove|sync|truncate|seek)/

/** DuckDB's words for what its own limit, or the machine, has no memory for. */
const MEMORY = /\bOut of Memory Error\b|\bstd::bad_alloc\b/

/** And for faults of its own, after which it answers nothing more. */
const FAULT = /\bINTERNAL Error\b|\bFATAL Error\b|database has been invalidated/

/** The first line of DuckDB's words about memory that it did not get; null for any other error. */
export function memoryProblem(error: unknown): string | null {
  if (!(error instanceof Error) || error instanceof UserError) return null
  const { message } =
    error instanceof QueryError && error.cause instanceof Error ? error.cause : error
  return MEMORY.test(message) ? (message.split('\n', 1)[0] ?? message) : null
}

/**
 * An error of the disk that a manifest is written to, or of the engine that makes it, as one line for people; any other as it is.
 *
 * @param out The manifest's folder. Its temporary files are beside it, on the same disk.
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
