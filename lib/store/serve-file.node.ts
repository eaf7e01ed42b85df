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
 * @param name Name from the URL: compared with the listed names, never made into a path.
 */
export function answerManifestFile(
  folder: ManifestFolder,
  name: string,
  headers: RequestHeaders,
): FileAnswer {
  if (name === MANIFEST_FILE) return answerManifestJson(folder, headers)
  const file = allFiles(folder.manifest).find(each => each.file === name)
  // Only a part of them may be here.
  if (file && folder.url)
    return textAnswer(307, '', { Location: new URL(file.file, folder.url).href })
  if (file) return answerParquet(folder.dir, file, headers)
  return textAnswer(
    404,
    'The manifest does not list this file. If the manifest was written again, reload the page.',
  )
}

/** Always asked for again, and answered with 304 while it is the same. */
function answerManifestJson(folder: ManifestFolder, headers: RequestHeaders): FileAnswer {
  const text = publicText(folder)
  const tag = `"${createHash('sha256').update(text).digest('hex')}"`
  // Weak, because Next may send it compressed: other bytes, same meaning.
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

/** The text of manifest.json; an older one that has absolute paths is written again without them. */
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

/** Where the name holds a hash of the content the answer is good for ever. */
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
