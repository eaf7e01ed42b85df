import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate'
import { UserError } from '../errors'
import { checkRecipe, type Recipe } from './recipe'
import { formatRecipe, readRecipe } from './recipe-query'

/** In characters. Longer query strings are compressed. */
const MOST_PLAIN = 1_000

/** In characters. Longer query strings are not for sharing, because servers and chats cut them off. */
export const MOST_SHARED = 8_192

/** In bytes. Real recipes are far smaller. The limit stops a few bytes from unpacking to gigabytes. */
const MOST_UNPACKED = 4_000_000

const PACKED = 'z'

/**
 * Recipe → query string, without "?". Short recipes are written in plain text.
 *
 * Longer ones become `z=`: the recipe as JSON, deflated, in base64url. Picked ids are stored as differences from the id
 * before. The same recipe gives the same text on every machine.
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
 * Query string, plain or compressed → recipe.
 *
 * @throws UserError that names the part that cannot be read.
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

/** Accepts any JSON, because the recipe is checked later. */
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
  // Unpacks in pieces, so that the result stays within the limit.
  const PIECE = 4096
  for (let at = 0; at < bytes.length; at += PIECE)
    inflate.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
  return strFromU8(strToU8(text, true))
}

const toBase64Url = (bytes: Uint8Array) =>
  btoa(strFromU8(bytes, true)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const fromBase64Url = (text: string) =>
  strToU8(atob(text.replaceAll('-', '+').replaceAll('_', '/')), true)
