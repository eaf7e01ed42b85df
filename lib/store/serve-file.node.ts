import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { parseByteRange } from '../http/byte-range'
import { allowsRange, namesTag } from '../http/entity-tag'
import { type FileAnswer, textAnswer } from '../http/file-answer.node.ts'
import type { RequestHeaders } from '../http/handle-files.node.ts'
import { namesContent } from '../manifest/file-names'
import { allFiles } from '../manifest/files-of'
import { MANIFEST_FILE, type Manifest, type ManifestFile } from '../manifest/manifest'
import { formatManifest } from './checksum.node.ts'
import type { ManifestFolder } from './read-manifest.node.ts'

/**
 * Answer a GET for a manifest's file: manifest.json, or a Parquet file that it lists.
 *
 * @param name Name from the URL. It is only compared with the listed names, never used as a path.
 */
export function answerManifestFile(
  folder: ManifestFolder,
  name: string,
  headers: RequestHeaders,
): FileAnswer {
  if (name === MANIFEST_FILE) return answerManifestJson(folder, headers)
  const file = allFiles(folder.manifest).find(each => each.file === name)
  // The local cache may not have the file, so redirect to the host of the manifest.
  if (file && folder.url)
    return textAnswer(307, '', { Location: new URL(file.file, folder.url).href })
  if (file) return answerParquet(folder.dir, file, headers)
  return textAnswer(
    404,
    'The manifest does not list this file. If the manifest was written again, reload the page.',
  )
}

/** Browsers must revalidate manifest.json on every use; an unchanged file gets status 304. */
function answerManifestJson(folder: ManifestFolder, headers: RequestHeaders): FileAnswer {
  const text = publicText(folder)
  const tag = `"${createHash('sha256').update(text).digest('hex')}"`
  // A weak ETag, because Next may compress the response, which changes the bytes but not the content.
  const caching = { 'Cache-Control': 'no-cache', ETag: `W/${tag}` }
  if (namesTag(headers.get('if-none-match'), tag))
    return { status: 304, headers: caching, body: null }
  return {
    status: 200,
    headers: {
      ...caching,
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(text)),
    },
    body: text,
  }
}

const publicTexts = new WeakMap<ManifestFolder, string>()

/** The text of manifest.json without the absolute paths that old versions contain. */
function publicText(folder: ManifestFolder): string {
  const known = publicTexts.get(folder)
  if (known !== undefined) return known
  const { text, manifest } = folder
  const { source, measured } = JSON.parse(text) as Pick<Manifest, 'source' | 'measured'>
  const isPublic = source === manifest.source && measured?.source === manifest.measured?.source
  const written = isPublic ? text : formatManifest(manifest)
  publicTexts.set(folder, written)
  return written
}

/** If the file name contains a hash of the content, browsers may cache the response forever. */
function answerParquet(
  dir: string,
  { file, bytes, sha256 }: ManifestFile,
  headers: RequestHeaders,
): FileAnswer {
  const tag = `"${sha256}"`
  const caching = {
    'Accept-Ranges': 'bytes',
    'Cache-Control': namesContent(file, sha256)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    ETag: tag,
  }
  if (namesTag(headers.get('if-none-match'), tag))
    return { status: 304, headers: caching, body: null }
  const range = allowsRange(headers.get('if-range'), tag)
    ? parseByteRange(headers.get('range'), bytes)
    : 'whole'
  if (range === 'unsatisfiable')
    return textAnswer(416, `The file has ${bytes} bytes.`, {
      'Accept-Ranges': 'bytes',
      'Content-Range': `bytes */${bytes}`,
    })
  const { start, end } = range === 'whole' ? { start: 0, end: bytes - 1 } : range
  return {
    status: range === 'whole' ? 200 : 206,
    headers: {
      ...caching,
      'Content-Type': 'application/vnd.apache.parquet',
      'Content-Length': String(end + 1 - start),
      ...(range !== 'whole' && { 'Content-Range': `bytes ${start}-${end}/${bytes}` }),
    },
    body: { path: join(dir, file), size: bytes, start, end },
  }
}
