import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Encodings that text is compressed to on its way, best first. */
export const TEXT_ENCODINGS = ['br', 'gzip'] as const
export type TextEncoding = (typeof TEXT_ENCODINGS)[number]

/** Compresses a megabyte in some 20 ms; higher ones take longer than they save on any but slow links. */
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
