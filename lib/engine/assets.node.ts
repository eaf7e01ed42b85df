import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { command } from '../command-name.node.ts'
import { chooseEncoding } from '../http/content-encoding'
import { namesTag } from '../http/entity-tag'
import { type FileAnswer, textAnswer } from '../http/file-answer.node.ts'
import type { RequestHeaders } from '../http/handle-files.node.ts'
import { ENGINE_ASSETS } from './assets'

/** Encodings of the prepared files, best first, and the suffixes of their file names. */
const SUFFIXES = { br: '.br', gzip: '.gz' } as const

/**
 * Answer a GET for one of the engines' files. Only compressed files are prepared. For a client that accepts none
 * of the encodings (some proxies remove them), the file is unpacked while it is sent.
 *
 * @param dir Folder with the prepared files.
 * @param file Name from the URL. It is looked up in a fixed table, and never used as a path.
 */
export async function answerEngineAsset(
  dir: string,
  file: string,
  headers: RequestHeaders,
): Promise<FileAnswer> {
  const asset = Object.values(ENGINE_ASSETS).find(each => each.file === file)
  if (!asset) return textAnswer(404, 'No such file.')
  const encoding = chooseEncoding(headers.get('accept-encoding'), ['br', 'gzip'] as const)
  const path = join(dir, asset.file + SUFFIXES[encoding ?? 'gzip'])
  const size = await sizeOf(path)
  if (size === null)
    return textAnswer(
      503,
      `${asset.file} is not prepared; start the app with ${command('serve', '--manifest', 'DIR')}`,
    )
  const tag = `"${asset.file}${encoding ? `-${encoding}` : ''}"`
  const caching = {
    'Cache-Control': 'public, max-age=31536000, immutable',
    ETag: tag,
    Vary: 'Accept-Encoding',
  }
  if (namesTag(headers.get('if-none-match'), tag))
    return { status: 304, headers: caching, body: null }
  const plain = encoding ? null : await promisify(gunzip)(await readFile(path))
  return {
    status: 200,
    headers: {
      ...caching,
      'Content-Type': asset.type,
      'Content-Length': String(plain?.length ?? size),
      ...(encoding && { 'Content-Encoding': encoding }),
    },
    body: plain ?? { path, size, start: 0, end: size - 1 },
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
