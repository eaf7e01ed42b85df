import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const realFiles = { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile }

/** What the cache does to the disk; tests let it fail. */
export type CacheFiles = typeof realFiles

export interface CacheCounts {
  readonly files: number
  readonly bytes: number
  readonly hits: number
  readonly misses: number
  /** Files that did not hold what was written to them; they were removed. */
  readonly damaged: number
  /** Entries that the disk did not take. */
  readonly unwritten: number
}

/** Content, preceded by its SHA-256. */
const HASH_BYTES = 32
const NAME = /^[0-9a-f]{64}$/
const TEMPORARY = /\.partial-[0-9a-f]+$/
/** A temporary file that old was left by a process that was killed. */
const ABANDONED_MS = 3_600_000

/**
 * Bytes by key in a folder, the least recently used ones removed above a bound. Whatever the disk
 * does, callers only ever see whole content or a miss.
 */
export class DiskCache {
  /** Size of each file by name, least recently used first. */
  private readonly sizes = new Map<string, number>()
  private bytes = 0
  private hits = 0
  private misses = 0
  private damaged = 0
  private unwritten = 0

  private constructor(
    private readonly dir: string,
    private readonly maxBytes: number,
    private readonly disk: CacheFiles,
  ) {}

  /** Open the folder, made if it is not there; what is in it already is found again. */
  static async open(dir: string, maxBytes: number, disk = realFiles): Promise<DiskCache> {
    const cache = new DiskCache(dir, maxBytes, disk)
    await cache.scan()
    return cache
  }

  get counts(): CacheCounts {
    const { bytes, hits, misses, damaged, unwritten } = this
    return { files: this.sizes.size, bytes, hits, misses, damaged, unwritten }
  }

  /** What was stored under a key, or null. */
  async get(key: string): Promise<Buffer | null> {
    const name = nameOf(key)
    const content = await this.readWhole(name)
    if (content) this.hits++
    else this.misses++
    return content
  }

  /** Store content under a key; a disk that is full or gone is counted, and nothing else happens. */
  async put(key: string, content: Uint8Array): Promise<void> {
    const name = nameOf(key)
    const path = this.pathOf(name)
    const temporary = `${path}.partial-${randomBytes(6).toString('hex')}`
    try {
      await this.disk.mkdir(dirname(path), { recursive: true })
      await this.disk.writeFile(temporary, Buffer.concat([sha256(content), content]))
      await this.disk.rename(temporary, path)
    } catch {
      this.unwritten++
      await this.disk.rm(temporary, { force: true }).catch(() => {})
      return
    }
    this.note(name, HASH_BYTES + content.length)
    await this.shrink()
  }

  private pathOf(name: string): string {
    return join(this.dir, name.slice(0, 2), name)
  }

  private async readWhole(name: string): Promise<Buffer | null> {
    const path = this.pathOf(name)
    const file = await this.disk.readFile(path).catch(() => null)
    if (file === null) {
      this.forget(name)
      return null
    }
    const content = file.subarray(HASH_BYTES)
    if (file.length < HASH_BYTES || !sha256(content).equals(file.subarray(0, HASH_BYTES))) {
      this.damaged++
      this.forget(name)
      await this.disk.rm(path, { force: true }).catch(() => {})
      return null
    }
    this.note(name, file.length)
    // The order of use outlives the process in the files' times; a disk that refuses loses only it.
    const now = new Date()
    this.disk.utimes(path, now, now).catch(() => {})
    return content
  }

  /** The file was just used. */
  private note(name: string, size: number) {
    this.forget(name)
    this.sizes.set(name, size)
    this.bytes += size
  }

  private forget(name: string) {
    this.bytes -= this.sizes.get(name) ?? 0
    this.sizes.delete(name)
  }

  private async shrink() {
    for (const name of this.sizes.keys()) {
      if (this.bytes <= this.maxBytes) return
      this.forget(name)
      await this.disk.rm(this.pathOf(name), { force: true }).catch(() => {})
    }
  }

  private async scan() {
    const found: { name: string; size: number; used: number }[] = []
    for (const folder of await this.disk.readdir(this.dir).catch(() => [])) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue
      for (const name of await this.disk.readdir(join(this.dir, folder)).catch(() => [])) {
        const path = join(this.dir, folder, name)
        const state = await this.disk.stat(path).catch(() => null)
        if (!state) continue
        if (NAME.test(name)) found.push({ name, size: state.size, used: state.mtimeMs })
        else if (TEMPORARY.test(name) && Date.now() - state.mtimeMs > ABANDONED_MS)
          await this.disk.rm(path, { force: true }).catch(() => {})
      }
    }
    found.sort((a, b) => a.used - b.used)
    for (const { name, size } of found) this.note(name, size)
    await this.shrink()
  }
}

const nameOf = (key: string) => createHash('sha256').update(key).digest('hex')
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
