import type { Archive } from './archive'
import { type OpenOptions, openArchive } from './open-archive.node.ts'
import { SourceChangedError } from './validators'

/** An archive for a program that runs for days: it is opened again after it has changed, and after a failure. */
export class ReopenedArchive {
  private current: Promise<Archive> | null = null

  /** @param location As for `openArchive`. */
  constructor(
    private readonly location: string,
    private readonly options: OpenOptions,
  ) {}

  /** The archive, opened if it is not open. @throws as `openArchive`; the next call opens it again. */
  get(): Promise<Archive> {
    if (this.current) return this.current
    const opening = openArchive(this.location, this.options)
    this.current = opening
    opening.catch(() => this.drop(opening))
    return opening
  }

  /** Work with the archive. If its files have changed, it is opened again and the work repeated once. */
  async use<Result>(work: (archive: Archive) => Promise<Result>): Promise<Result> {
    for (let isSecond = false; ; isSecond = true) {
      const opened = this.get()
      const archive = await opened
      try {
        return await work(archive)
      } catch (error) {
        if (!(error instanceof SourceChangedError)) throw error
        this.drop(opened)
        if (isSecond) throw error
      }
    }
  }

  async close(): Promise<void> {
    const opened = this.current
    this.current = null
    // An archive that could not be opened has nothing to close; its readers got the error.
    await opened?.then(
      archive => archive.close(),
      () => {},
    )
  }

  /** Readers of the old archive get its error; nothing of a file over HTTP has to be closed. */
  private drop(opened: Promise<Archive>): void {
    if (this.current === opened) this.current = null
  }
}
