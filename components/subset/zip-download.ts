import { ahead } from '../../lib/async/ahead'
import { UserError } from '../../lib/errors'
import { formatBytes } from '../../lib/format'
import {
  classMapOf,
  indexOf,
  picturesOf,
  ReleaseZip,
  ZIP_MOST_BYTES,
  type ZipImage,
  type ZipPicture,
} from '../../lib/subset/release-zip'
import { askSubset } from './ask-subset'

export interface ZipProgress {
  readonly files: number
  readonly total: number
  readonly bytes: number
}

/** Number of simultaneous picture requests. It is low because other readers use the server too. */
const AT_ONCE = 4
const TRIES = 5
const WAIT_MS = 1_000

/**
 * Make a ZIP of a subset's stored pictures, in the release's layout.
 *
 * @param query Recipe, as `/api/subset` takes it.
 * @param texts Further files of the ZIP, by name.
 * @throws UserError that names a picture that could not be read, and why; the signal's reason.
 */
export async function downloadZip(
  query: string,
  texts: Readonly<Record<string, string>>,
  onProgress: (progress: ZipProgress) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const version = await versionOf(signal)
  const images = await imagesOf(query, signal)
  const pictures = images.flatMap(picturesOf)
  const zip = new ReleaseZip()
  const all = {
    'SAMed2D_v1.json': indexOf(images),
    'SAMed2D_v1_class_mapping_id.json': classMapOf(images),
    ...texts,
  }
  for (const [name, text] of Object.entries(all)) zip.add(name, new TextEncoder().encode(text))
  let files = 0
  onProgress({ files, total: pictures.length, bytes: zip.bytes })
  const read = async (picture: ZipPicture) => ({ picture, data: await pictureOf(picture, signal) })
  for await (const { picture, data } of ahead(pictures, AT_ONCE, read)) {
    if (zip.bytes + data.length > ZIP_MOST_BYTES)
      throw new UserError(
        `The pictures exceed ${formatBytes(ZIP_MOST_BYTES)}; use the command fetch.`,
      )
    zip.add(picture.path, data)
    files++
    onProgress({ files, total: pictures.length, bytes: zip.bytes })
  }
  if ((await versionOf(signal)) !== version)
    throw new UserError('The manifest or the pictures have changed. Reload the page.')
  return new Blob([...zip.end()], { type: 'application/zip' })
}

/** Version of the server's pictures. */
async function versionOf(signal: AbortSignal): Promise<string> {
  const response = await fetch('/api/images/status', { signal })
  if (!response.ok) throw new UserError((await response.text()).trim())
  const { store, version } = await response.json()
  if (store === null)
    throw new UserError(
      'The server has no image store: start it with --images, or use the command fetch.',
    )
  return version
}

async function imagesOf(query: string, signal: AbortSignal): Promise<ZipImage[]> {
  const response = await askSubset('jsonl', query, signal)
  const lines = (await response.text()).split('\n').filter(line => line !== '')
  return lines.map(line => JSON.parse(line))
}

/** Read a picture. Retries if the server is busy or the connection breaks. */
async function pictureOf(
  { path, address }: ZipPicture,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  for (let left = TRIES; ; left--)
    try {
      const response = await fetch(address, { signal, cache: 'no-store' })
      if (response.ok) return new Uint8Array(await response.arrayBuffer())
      const fault = decodeURI(response.headers.get('x-samed2d-fault') ?? `${response.status}`)
      if (response.status !== 503 || left <= 1)
        throw new UserError(`${path}: could not be read (${fault})`)
      await new Promise(resolve => setTimeout(resolve, WAIT_MS))
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof UserError || left <= 1) throw error
    }
}
