import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const realFiles = { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile }

/** File operations of the cache; tests make them fail. */
export type CacheFiles = typeof realFiles

export interface CacheCounts {
  readonly files: number
  readonly bytes: number
  readonly hits: number
  readonly misses: number
  /** Files with another content than was written; they were removed. */
  readonly damaged: number
  /** Entries that could not be written. */
  readonly unwritten: number
}

/** A file is the SHA-256 of its content, then the content. */
const HASH_BYTES = 32
const NAME = /^[0-9a-f]{64}$/
const TEMPORARY = /\.partial-[0-9a-f]+$/
/** Temporary files older than this were left by a process that was killed. */
const ABANDONED_MS = 3_600_000

/**
 * A cache of bytes by key in a folder. Above the maximum size, the least recently used entries are removed.
 * Whatever the disk does, callers get complete content or null.
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

  /** Open the folder, or make it. Entries that are in it are found again. */
  static async open(dir: string, maxBytes: number, disk = realFiles): Promise<DiskCache> {
    const cache = new DiskCache(dir, maxBytes, disk)
    await cache.scan()
    return cache
  }

  get counts(): CacheCounts {
    const { bytes, hits, misses, damaged, unwritten } = this
    return { files: this.sizes.size, bytes, hits, misses, damaged, unwritten }
  }

  /** The content of a key, or null. */
  async get(key: string): Promise<Buffer | null> {
    const name = nameOf(key)
    const content = await this.readWhole(name)
    if (content) this.hits++
    else this.misses++
    return content
  }

  /** Store content under a key. If the disk is full or fails, that is only counted. */
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
    // The files' times keep the order of use for the next process; losing it does no harm.
    const now = new Date()
    this.disk.utimes(path, now, now).catch(() => {})
    return content
  }

  /** Record that a file was used now. */
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
