import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors'
import { downloadFile, fetchSmall } from '../http/download.node.ts'
import { filesOf } from '../manifest/files-of'
import { MANIFEST_FILE, type ManifestFile } from '../manifest/manifest'
import { checkedManifest } from './checked-manifest.node.ts'
import { isIntact } from './intact-files.node.ts'
import { cacheFolder, type ManifestCache, makeRoom, manifestCache } from './manifest-cache.node.ts'
import type { ManifestFolder } from './read-manifest.node.ts'

/** Limit far above real sizes: a manifest.json with a thousand partitions has a few hundred kB. */
const MAX_JSON_BYTES = 32e6

/** Whether a text is an http(s) URL instead of a path. */
export const isAddress = (text: string): boolean => /^https?:\/\//i.test(text)

/**
 * Get the URL of a manifest's folder, with a trailing slash.
 *
 * @param text URL of the folder or of manifest.json. It must come from the command line or from configuration, never
 *   from a request: otherwise a client could make the server read any URL.
 * @throws UserError if the URL is invalid or has a query, hash, user name or password.
 */
export function folderUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || url.search || url.hash || url.username || url.password)
    throw new UserError(
      `${text}: give the plain URL of a manifest's folder, without a question mark, # or password`,
      2,
    )
  return `${url.href.replace(/\/(manifest\.json)?$/, '')}/`
}

/** A manifest that was read from a URL, and the ETag of manifest.json (null if the host sends none). */
interface Known {
  readonly folder: ManifestFolder
  readonly tag: string | null
}

/**
 * Read a manifest on another host. Parquet files are downloaded when a table is requested, and cached.
 *
 * @param before Result of the last read of this URL. If the manifest has not changed, the same folder is returned.
 * @throws UserError if the manifest cannot be downloaded or is invalid.
 */
export async function readRemote(
  address: string,
  before: Known | null = null,
  cache: ManifestCache = manifestCache(),
): Promise<Known> {
  const url = folderUrl(address)
  const where = url + MANIFEST_FILE
  const answer = await fetchSmall(where, before?.tag ?? null, MAX_JSON_BYTES)
  if (answer === null && before) return before
  const { bytes = new Uint8Array(), tag = null } = answer ?? {}
  const { manifest, text } = checkedManifest(bytes, where)
  if (before?.folder.text === text) return { folder: before.folder, tag }
  const key = createHash('sha256').update(`${url}\n${text}`).digest('hex').slice(0, 32)
  const dir = await cacheFolder(cache, key)
  await writeFile(join(dir, MANIFEST_FILE), text)
  const fetched = new Map<string, Promise<void>>()
  const fetchTables: ManifestFolder['fetchTables'] = async (tables, onBytes = () => {}) => {
    const files = tables.flatMap(table => filesOf(manifest, table))
    const missing: ManifestFile[] = []
    for (const file of files) if (!(await isIntact(dir, file))) missing.push(file)
    const total = missing.reduce((sum, file) => sum + file.bytes, 0)
    if (missing.length > 0) {
      await cacheFolder(cache, key)
      await makeRoom(cache, key, total)
    }
    let done = 0
    await inTurns(missing, file => {
      const running =
        fetched.get(file.file) ??
        downloadFile(new URL(file.file, url).href, join(dir, file.file), file, more => {
          done += more
          onBytes(done, total)
        }).finally(() => fetched.delete(file.file))
      fetched.set(file.file, running)
      return running
    })
  }
  return { folder: { dir, manifest, text, url, fetchTables }, tag }
}

/** Maximum number of simultaneous downloads. */
const AT_ONCE = 4

async function inTurns<Item>(items: readonly Item[], work: (item: Item) => Promise<void>) {
  const rest = items.values()
  const worker = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** Time before the host is asked again whether the manifest has changed. */
const FRESH_MS = 5_000

let current: { url: string; known: Known; askedAt: number } | undefined
let asking: Promise<ManifestFolder> | undefined

/**
 * Get the manifest at a URL, at most FRESH_MS old. If reading fails, the last manifest that was read is used.
 *
 * @throws UserError as `readRemote`, if no manifest was read yet.
 */
export async function currentRemote(address: string): Promise<ManifestFolder> {
  const url = folderUrl(address)
  if (current?.url === url && performance.now() - current.askedAt < FRESH_MS)
    return current.known.folder
  asking ??= ask(url).finally(() => {
    asking = undefined
  })
  return asking
}

async function ask(url: string): Promise<ManifestFolder> {
  const before = current?.url === url ? current.known : null
  const askedAt = performance.now()
  try {
    current = { url, known: await readRemote(url, before), askedAt }
  } catch (error) {
    if (!before) throw error
    // Keep the last manifest, whose files may be cached already. The host is asked again after FRESH_MS.
    current = { url, known: before, askedAt }
  }
  return current.known.folder
}
