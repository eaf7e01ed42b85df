import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate'
import { UserError } from '../errors'
import { checkRecipe, type Recipe } from './recipe'
import { formatRecipe, readRecipe } from './recipe-query'

/** Longer addresses than this are compressed, in characters. */
const MOST_PLAIN = 1_000

/** Longer addresses than this are not for sharing: servers and chats cut them off. In characters. */
export const MOST_SHARED = 8_192

/** No recipe is near it; a few bytes could unpack to gigabytes. In bytes. */
const MOST_UNPACKED = 4_000_000

const PACKED = 'z'

/**
 * Recipe → query string, without "?": plain where that is short, else `z=`, which is the recipe as JSON,
 * picked ids as steps from one to the next, deflated, in base64url. The same everywhere.
 */
export function formatAddress(recipe: Recipe): string {
  const plain = formatRecipe(recipe)
  if (plain.length <= MOST_PLAIN) return plain
  const { manifest, steps, ...rest } = recipe
  const packed = {
    ...rest,
    ...(manifest && { manifest: manifest.slice(0, 16) }),
    steps: steps.map(step => ('images' in step ? { ...step, images: gaps(step.images) } : step)),
  }
  const text = `${PACKED}=${toBase64Url(deflateSync(strToU8(JSON.stringify(packed)), { level: 9 }))}`
  return text.length < plain.length ? text : plain
}

/**
 * Query string, plain or packed → recipe.
 *
 * @throws UserError naming what is not understood.
 */
export function readAddress(query: string): Recipe {
  const packed = new URLSearchParams(query).get(PACKED)
  if (packed === null) return readRecipe(query)
  let json: unknown
  try {
    json = JSON.parse(unpacked(fromBase64Url(packed)))
  } catch (cause) {
    const message = 'subset: the URL is cut off; copy all of it, or use the subset file instead'
    throw new UserError(message, 2, { cause })
  }
  return checkRecipe(withoutGaps(json), 'subset')
}

const gaps = (ids: readonly number[]) => ids.map((id, i) => id - (ids[i - 1] ?? 0))

/** The recipe may be anything until it is checked. */
function withoutGaps(json: unknown): unknown {
  const { steps } = Object(json)
  if (!Array.isArray(steps)) return json
  return {
    ...Object(json),
    steps: steps.map(step => {
      if (!Array.isArray(step?.images)) return step
      let id = 0
      const images = step.images.map((gap: unknown) => {
        id += Number(gap)
        return id
      })
      return { ...step, images }
    }),
  }
}

function unpacked(bytes: Uint8Array): string {
  let text = ''
  let size = 0
  const inflate = new Inflate(piece => {
    size += piece.length
    if (size > MOST_UNPACKED) throw new RangeError('unpacks to more than the largest subset')
    text += strFromU8(piece, true)
  })
  // A piece at a time: what one unpacks to is bounded.
  const PIECE = 4096
  for (let at = 0; at < bytes.length; at += PIECE)
    inflate.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
  return strFromU8(strToU8(text, true))
}

const toBase64Url = (bytes: Uint8Array) =>
  btoa(strFromU8(bytes, true)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const fromBase64Url = (text: string) =>
  strToU8(atob(text.replaceAll('-', '+').replaceAll('_', '/')), true)
