/** Bytes and entries that are being unpacked at a time. */
const PENDING_BYTES = 32 << 20
const PENDING = 64

/** Checks that run while the next entries are read, of limited number and size. */
export class Pending {
  private readonly jobs: { readonly bytes: number; readonly done: Promise<void> }[] = []
  private bytes = 0

  async add(bytes: number, work: () => Promise<void>): Promise<void> {
    const done = work()
    done.catch(() => {})
    this.jobs.push({ bytes, done })
    this.bytes += bytes
    while (this.jobs.length > PENDING || this.bytes > PENDING_BYTES) await this.first()
  }

  private async first(): Promise<void> {
    const job = this.jobs.shift()
    this.bytes -= job?.bytes ?? 0
    await job?.done
  }

  /** @throws what a job threw. */
  async settle(): Promise<void> {
    while (this.jobs.length > 0) await this.first()
  }
}
