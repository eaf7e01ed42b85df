import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { UserError } from '../errors'
import { fillBase } from '../first/fill-page'
import { compressText, TEXT_ENCODINGS, type TextEncoding } from '../http/compress.node.ts'
import { chooseEncoding } from '../http/content-encoding'
import { namesTag } from '../http/entity-tag'
import type { FileAnswer } from '../http/file-answer.node.ts'
import type { RequestHeaders } from '../http/handle-files.node.ts'

/** The exported app in memory: some 5 MB. */
export interface AppFiles {
  /**
   * A file without page data: scripts, styles, icons.
   *
   * @param path Path of the URL without its first slash. It is looked up among the files, and never used as a path
   *   on disk.
   * @returns Null if the app has no such file.
   */
  answer(path: string, headers: RequestHeaders): Promise<FileAnswer | null>
  /**
   * Text of a page (`gallery.html`) or of its data (`gallery.txt`), with placeholders.
   *
   * @returns Null if the app has no such file.
   */
  text(path: string): string | null
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Files with a hash of their content in the name. */
const IMMUTABLE = /^_next\/static\//

/**
 * Read the exported app.
 *
 * @param dir Folder of the build.
 * @param base Base path of the app; empty at the root.
 * @throws UserError if the folder has no app.
 */
export async function readAppFiles(dir: string, base = ''): Promise<AppFiles> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(cause => {
    throw new UserError(`${dir}: the built app is missing; install or build it again`, 1, { cause })
  })
  const texts = new Map<string, string>()
  const files = new Map<string, AppFile>()
  for (const entry of entries.filter(each => each.isFile())) {
    const full = join(entry.parentPath ?? entry.path, entry.name)
    const path = full.slice(dir.length + 1).replaceAll(sep, '/')
    const type = TYPES[extname(path)]
    const content = await readFile(full)
    if (type) files.set(path, new AppFile(path, type, content, base))
    else texts.set(path, content.toString('utf8'))
  }
  if (!texts.has('index.html'))
    throw new UserError(`${dir}: the built app is incomplete; install or build it again`)
  return {
    answer: async (path, headers) => files.get(path)?.answer(headers) ?? null,
    text: path => texts.get(path) ?? null,
  }
}

/** A file, and its compressed versions once they were requested. */
class AppFile {
  private readonly content: Uint8Array
  private readonly tag: string
  private readonly encoded = new Map<TextEncoding, Promise<Uint8Array>>()

  constructor(
    private readonly path: string,
    private readonly type: string,
    content: Buffer,
    base: string,
  ) {
    this.content = isText(type) ? Buffer.from(fillBase(content.toString('utf8'), base)) : content
    this.tag = createHash('sha256').update(this.content).digest('hex').slice(0, 32)
  }

  async answer(headers: RequestHeaders): Promise<FileAnswer> {
    const encoding = isText(this.type)
      ? chooseEncoding(headers.get('accept-encoding'), TEXT_ENCODINGS)
      : null
    const tag = `"${this.tag}${encoding ? `-${encoding}` : ''}"`
    const caching = {
      'Cache-Control': IMMUTABLE.test(this.path)
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
      ETag: tag,
      Vary: 'Accept-Encoding',
    }
    if (namesTag(headers.get('if-none-match'), tag))
      return { status: 304, headers: caching, body: null }
    const body = encoding ? await this.encode(encoding) : this.content
    return {
      status: 200,
      headers: {
        ...caching,
        'Content-Type': this.type,
        'Content-Length': String(body.length),
        ...(encoding && { 'Content-Encoding': encoding }),
      },
      body,
    }
  }

  private encode(encoding: TextEncoding): Promise<Uint8Array> {
    const known = this.encoded.get(encoding)
    if (known) return known
    const encoded = compressText(this.content, encoding)
    this.encoded.set(encoding, encoded)
    // A failure is not kept, so that the next request tries again.
    encoded.catch(() => this.encoded.delete(encoding))
    return encoded
  }
}

const isText = (type: string) => /^text\/|json|svg/.test(type)
