import { TokenType } from '@streamparser/json'
import { newTokenizer } from '../json-tokenizer'

/**
 * Path to the first key that an object of a JSON text has twice, outermost key first; null without such a key.
 * JSON.parse would silently keep the last value.
 *
 * @param bytes Valid JSON.
 */
export function repeatedKey(bytes: Uint8Array): readonly string[] | null {
  /** For each open object its keys so far; null for a list. */
  const open: ({ readonly keys: Set<string>; key: string } | null)[] = []
  let repeated: string[] | null = null
  let text = ''
  const tokenizer = newTokenizer()
  tokenizer.onToken = ({ token, value }) => {
    if (token === TokenType.LEFT_BRACE) open.push({ keys: new Set(), key: '' })
    else if (token === TokenType.LEFT_BRACKET) open.push(null)
    else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) open.pop()
    else if (token === TokenType.STRING) text = value as string
    else if (token === TokenType.COLON) {
      const object = open.at(-1)
      if (!object) return
      object.key = text
      if (object.keys.has(text)) repeated ??= open.flatMap(each => (each ? [each.key] : []))
      object.keys.add(text)
    }
  }
  tokenizer.write(bytes)
  return repeated
}
