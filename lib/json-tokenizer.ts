import { Tokenizer } from '@streamparser/json'

const STRING_BUFFER_BYTES = 64 * 1024

/**
 * A tokenizer of JSON of any length, in constant memory. Strings come out as they are written.
 *
 * @throws Error from the tokenizer's `write`, with code ERR_ENCODING_INVALID_ENCODED_DATA, for a string that is not
 *   UTF-8.
 */
export function newTokenizer(): Tokenizer {
  const tokenizer = new Tokenizer({ stringBufferSize: STRING_BUFFER_BYTES })
  // The library's own decoder drops a U+FEFF at the start of a string, which would turn one file
  // name into another.
  const strings: unknown = Reflect.get(tokenizer, 'bufferedString')
  if (!(strings instanceof Object && 'decoder' in strings))
    throw new Error('the tokenizer of @streamparser/json has no decoder that could be replaced')
  strings.decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  return tokenizer
}
