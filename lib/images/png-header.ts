import { PngFault } from '../png/png-fault'
import { type PngHeader, parsePngHeader } from '../png/png-header'
import { ImageFault } from './image-fault'

/**
 * Read the first chunk of a PNG file: enough to refuse a picture before it is decoded.
 *
 * @param path For the message.
 * @throws ImageFault `corrupt` if the bytes are not a PNG file, `too-large` above the limit of pixels.
 */
export function readPngHeader(bytes: Uint8Array, path: string): PngHeader {
  try {
    return parsePngHeader(bytes)
  } catch (error) {
    throw error instanceof PngFault ? asImageFault(error, path) : error
  }
}

/** A fault of a PNG file, with the path of the file. */
export const asImageFault = (fault: PngFault, path: string): ImageFault =>
  new ImageFault(fault.reason, `${path}: ${fault.message}`, { cause: fault })
