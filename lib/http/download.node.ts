import { createHash, randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { UserError } from '../errors'
import { proxyFetch } from '../network/proxy-fetch.node.ts'
import { retryLocked } from '../retry-locked.node.ts'

/** A download fails if the host sends nothing for so long. */
const STALL_MS = 30_000

const TRIES = 3

/** Size and hash that a file must have. */
export interface Expected {
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
}

/**
 * Download a file under a temporary name, and rename it once it is complete and correct. A broken connection is
 * tried again twice.
 *
 * @param onBytes Called with the number of bytes that just came.
 * @throws UserError that says why the file cannot be downloaded, or that its content is wrong.
 */
export async function downloadFile(
  url: string,
  path: string,
  expected: Expected,
  onBytes: (bytes: number) => void = () => {},
): Promise<void> {
  const partial = `${path}.partial-${process.pid}-${randomUUID()}`
  try {
    for (let left = TRIES; ; ) {
      let came = 0
      try {
        await downloadOnce(url, partial, expected, bytes => {
          came += bytes
          onBytes(bytes)
        })
        break
      } catch (error) {
        onBytes(-came)
        if (error instanceof UserError || --left === 0) throw unreachable(url, error)
      }
    }
    await retryLocked(() => rename(partial, path))
  } finally {
    await rm(partial, { force: true })
  }
}

async function downloadOnce(
  url: string,
  path: string,
  { bytes, sha256 }: Expected,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const { response, alive, end } = await request(url)
  const hash = createHash('sha256')
  const file = await open(path, 'w')
  let size = 0
  try {
    if (!response.ok || !response.body) throw refused(url, response.status)
    for await (const chunk of response.body) {
      alive()
      size += chunk.byteLength
      // Stops at a file that is too long, which might never end.
      if (size > bytes) break
      hash.update(chunk)
      await file.write(chunk)
      onBytes(chunk.byteLength)
    }
    await file.sync()
  } finally {
    end()
    await file.close()
  }
  if (size < bytes) throw new Error(`${size} of ${bytes} bytes received`)
  if (size > bytes || hash.digest('hex') !== sha256)
    throw new UserError(
      `${url}: size or SHA-256 differ from the manifest; upload the manifest's files again, or clear the caches in between`,
    )
}

/**
 * Read a small file if it has changed.
 *
 * @param tag ETag of the last answer.
 * @param maxBytes Larger files are refused.
 * @returns Null if the file has not changed.
 * @throws UserError that says why it cannot be read.
 */
export async function fetchSmall(
  url: string,
  tag: string | null,
  maxBytes: number,
): Promise<{ readonly bytes: Uint8Array; readonly tag: string | null } | null> {
  try {
    const { response, alive, end } = await request(url, tag ? { 'if-none-match': tag } : {})
    try {
      if (response.status === 304) return null
      if (!response.ok || !response.body) throw refused(url, response.status)
      const chunks: Uint8Array[] = []
      let size = 0
      for await (const chunk of response.body) {
        alive()
        size += chunk.byteLength
        if (size > maxBytes) throw new UserError(`${url}: has more than ${maxBytes} bytes`)
        chunks.push(chunk)
      }
      return { bytes: Buffer.concat(chunks), tag: response.headers.get('etag') }
    } finally {
      end()
    }
  } catch (error) {
    throw unreachable(url, error)
  }
}

/** A GET that is aborted when nothing comes for a while; call `alive` whenever bytes came. */
async function request(url: string, headers: Readonly<Record<string, string>> = {}) {
  const stop = new AbortController()
  const stalled = () => stop.abort(new Error(`no data for ${STALL_MS / 1000} s`))
  let timer = setTimeout(stalled, STALL_MS)
  const end = () => {
    clearTimeout(timer)
    stop.abort()
  }
  try {
    const response = await proxyFetch(url, { headers, signal: stop.signal })
    const alive = () => {
      clearTimeout(timer)
      timer = setTimeout(stalled, STALL_MS)
    }
    return { response, alive, end }
  } catch (error) {
    end()
    throw error
  }
}

const refused = (url: string, status: number) =>
  new UserError(`${url}: the host answered ${status}; check the URL and its access rights`)

function unreachable(url: string, error: unknown): UserError {
  if (error instanceof UserError) return error
  const { message, cause } = error as Error
  const reason = cause instanceof Error && cause.message ? cause.message : message
  return new UserError(`${url}: cannot be reached (${reason}); check the URL and the network`, 1, {
    cause: error,
  })
}
