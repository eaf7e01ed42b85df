/** How long to wait before each further try: 2.5 s altogether. */
const WAITS_MS = [20, 40, 80, 160, 320, 640, 1240]

/**
 * Whether a file could not be renamed or removed because some program has it open. Windows refuses
 * that, for readers too; elsewhere EPERM and EACCES mean that permission is missing.
 */
export function isLocked(error: unknown, platform: string = process.platform): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'EBUSY' || (platform === 'win32' && (code === 'EPERM' || code === 'EACCES'))
}

/**
 * Rename or remove files, and try again for up to 2.5 s while one is locked: a virus scanner or a
 * reader has it open for a moment.
 *
 * @param work Safe to repeat.
 * @param waitsMs Before each further try.
 * @throws what the last try threw, or the first one that failed for another reason.
 */
export async function retryLocked<Result>(
  work: () => Promise<Result>,
  waitsMs: readonly number[] = WAITS_MS,
): Promise<Result> {
  for (const waitMs of waitsMs) {
    try {
      return await work()
    } catch (error) {
      if (!isLocked(error)) throw error
      await new Promise(next => setTimeout(next, waitMs))
    }
  }
  return work()
}
