import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Encodings for text that is compressed on request, best first. */
export const TEXT_ENCODINGS = ['br', 'gzip'] as const
export type TextEncoding = (typeof TEXT_ENCODINGS)[number]

/** Compresses a megabyte in some 20 ms. Higher qualities save time only on slow connections. */
const BROTLI_QUALITY = 5

/** Compress a text. */
export const compressText = (text: Uint8Array, encoding: TextEncoding): Promise<Uint8Array> =>
  encoding === 'br'
    ? promisify(brotliCompress)(text, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
        },
      })
    : promisify(gzip)(text)
