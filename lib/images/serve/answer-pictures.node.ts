import { createHash } from 'node:crypto'
import { namesTag } from '../../http/entity-tag'
import { type FileAnswer, textAnswer } from '../../http/file-answer.node.ts'
import type { RequestHeaders } from '../../http/handle-files.node.ts'
import { CONTENT_TYPE, encode, fromRaw } from '../encode.node.ts'
import { ImageFault } from '../image-fault'
import { chooseFormat, type PictureFormat } from '../picture-format'
import { parseImageId, parsePictureQuery } from '../picture-request'
import { placeholder } from '../placeholder'
import type { PictureService } from './picture-service.node.ts'

/** A request for something below `/api/images/`. */
export interface PicturePath {
  /** Steps of the path, decoded. */
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, unknown>>
  readonly headers: RequestHeaders
  /** Aborted when the client hangs up. */
  readonly signal: AbortSignal
}

/** Headers that keep anything in a picture's answer from running as a script. */
const PICTURE_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
}

const FOREVER = 'public, max-age=31536000, immutable'
/** For a URL without a version: the browser must ask again. */
const ASK_AGAIN = 'public, no-cache'

const NO_SUCH_PATH =
  'Unknown path; expected /api/images/ID, /api/images/ID/original.png, /api/images/ID/masks/KEY.png, /api/images/ID/info or /api/images/status.'

/** Answer a GET below `/api/images/`. A picture that cannot be shown is answered with a picture that says why. */
export async function answerPictures(
  service: PictureService,
  request: PicturePath,
): Promise<FileAnswer> {
  const [first = '', ...rest] = request.path
  if (first === 'status' && rest.length === 0) return jsonAnswer(service.status)
  const imageId = parseImageId(first)
  if (imageId === null) return textAnswer(404, NO_SUCH_PATH)
  const [kind, name] = rest
  if (rest.length === 0) return answerPicture(service, imageId, request)
  if (rest.length === 1 && kind === 'info') return answerInfo(service, imageId)
  if (rest.length === 1 && kind === 'original.png')
    return answerOriginal(service, imageId, null, request)
  const key = /^(\d{4}_\d{3,5})\.png$/.exec(name ?? '')?.[1]
  if (rest.length === 2 && kind === 'masks' && key)
    return answerOriginal(service, imageId, key, request)
  return textAnswer(404, NO_SUCH_PATH)
}

async function answerPicture(
  service: PictureService,
  imageId: number,
  { query, headers, signal }: PicturePath,
): Promise<FileAnswer> {
  const request = parsePictureQuery(imageId, query)
  if (typeof request === 'string') return textAnswer(400, `${request}.`)
  const label = service.unknownLabel(request)
  if (label !== undefined)
    return textAnswer(400, `"masks" names "${label}", which is not a label of this manifest.`)
  const format = chooseFormat(headers.get('accept'))
  const width = request.width === 'full' ? 512 : request.width
  return orPlaceholder(service, { width, format }, async () => {
    assertVersion(service, request.version)
    const caching = {
      'Cache-Control': request.version === null ? ASK_AGAIN : FOREVER,
      ETag: tagOf(service.keyOf(imageId, request, format)),
      Vary: 'Accept',
    }
    if (namesTag(headers.get('if-none-match'), caching.ETag)) return notModified(caching)
    const bytes = await service.picture(request, format, signal)
    return pictureAnswer(200, bytes, format, caching)
  })
}

async function answerOriginal(
  service: PictureService,
  imageId: number,
  key: string | null,
  { headers, signal }: PicturePath,
): Promise<FileAnswer> {
  return orPlaceholder(service, { width: 512, format: 'png' }, async () => {
    const tag = tagOf(JSON.stringify([service.version, imageId, 'original', key]))
    const caching = { 'Cache-Control': ASK_AGAIN, ETag: tag }
    if (namesTag(headers.get('if-none-match'), tag)) return notModified(caching)
    return pictureAnswer(200, await service.original(imageId, key, signal), 'png', caching)
  })
}

async function answerInfo(service: PictureService, imageId: number): Promise<FileAnswer> {
  try {
    return jsonAnswer(await service.info(imageId))
  } catch (error) {
    if (error instanceof ImageFault) return textAnswer(error.status, service.textOf(error))
    throw error
  }
}

function assertVersion({ version }: PictureService, wanted: string | null): void {
  if (wanted !== null && wanted !== version)
    throw new ImageFault(
      'other-manifest',
      'The manifest or the image store has changed since this page was loaded. Reload it.',
    )
}

/** Make an answer. A fault is counted, and answered with a picture that says why, in the requested format. */
async function orPlaceholder(
  service: PictureService,
  { width, format }: { width: number; format: PictureFormat },
  answer: () => Promise<FileAnswer>,
): Promise<FileAnswer> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof ImageFault)) throw error
    service.note(error)
    const message = service.textOf(error)
    const bytes = await placeholderOf(error, message, width, format)
    return pictureAnswer(error.status, bytes, format, {
      'Cache-Control': 'no-store',
      // For programs; encoded, because a header is one line of ASCII.
      'X-Samed2d-Fault': `${error.reason}: ${encodeURI(message)}`,
      ...(error.reason === 'busy' && { 'Retry-After': '1' }),
    })
  }
}

/** Placeholders of a server that is too busy, by format and width: drawing them would keep it busy. */
const busyPlaceholders = new Map<string, Promise<Uint8Array>>()

function placeholderOf(
  { reason }: ImageFault,
  message: string,
  width: number,
  format: PictureFormat,
): Promise<Uint8Array> {
  const draw = () => encode(fromRaw(placeholder(message, width)), format, true)
  if (reason !== 'busy') return draw()
  const key = `${format} ${width}`
  const drawn = busyPlaceholders.get(key) ?? draw()
  busyPlaceholders.set(key, drawn)
  return drawn
}

const tagOf = (key: string) => `"${createHash('sha256').update(key).digest('hex').slice(0, 32)}"`

const notModified = (headers: Record<string, string>): FileAnswer => ({
  status: 304,
  headers,
  body: null,
})

const pictureAnswer = (
  status: number,
  bytes: Uint8Array,
  format: PictureFormat,
  headers: Record<string, string>,
): FileAnswer => ({
  status,
  headers: {
    ...PICTURE_HEADERS,
    'Content-Type': CONTENT_TYPE[format],
    'Content-Length': String(bytes.length),
    ...headers,
  },
  body: bytes,
})

function jsonAnswer(value: object): FileAnswer {
  const text = `${JSON.stringify(value)}\n`
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(text)),
      'Cache-Control': 'no-store',
    },
    body: text,
  }
}
