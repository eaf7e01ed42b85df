import { z } from 'zod'
import { splitLabels } from './mask-list'
import { PICTURE_WIDTHS, type PictureWidth } from './picture-widths'

/** A checked request for a picture of an image. */
export interface PictureRequest {
  readonly imageId: number
  readonly width: PictureWidth
  /** Masks to draw: all, none, or those of some labels. */
  readonly masks: 'all' | 'none' | readonly string[]
  readonly style: 'fill' | 'contour'
  /** Opacity of the filling, 0 to 1. */
  readonly opacity: number
  /** `all` is the image with its masks, `masks` only the masks on a transparent background. */
  readonly layer: 'all' | 'masks'
  /** Version of the pictures that the URL names; null if it names none. */
  readonly version: string | null
}

const MAX_MASKS_CHARACTERS = 4000

const widths = [...PICTURE_WIDTHS, 'full'].join(', ')

const querySchema = z.strictObject({
  w: z
    .string()
    .default('256')
    .transform((text, context): PictureWidth => {
      if (text === 'full') return text
      const width = PICTURE_WIDTHS.find(each => String(each) === text)
      if (width !== undefined) return width
      context.addIssue({ code: 'custom', message: `must be one of ${widths}` })
      return z.NEVER
    }),
  masks: z
    .string()
    .min(1, 'must be all, none or labels separated by commas')
    .max(MAX_MASKS_CHARACTERS, `has more than ${MAX_MASKS_CHARACTERS} characters`)
    .default('all')
    .transform(text => (text === 'all' || text === 'none' ? text : splitLabels(text))),
  style: z.enum(['fill', 'contour'], 'must be fill or contour').default('fill'),
  opacity: z
    .string()
    .regex(
      /^(0|1|0?\.\d{1,3}|1\.0{1,3})$/,
      'must be a number from 0 to 1, with up to three decimals',
    )
    .default('0.45')
    .transform(Number),
  layer: z.enum(['all', 'masks'], 'must be all or masks').default('all'),
  v: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'must be the version that the server gave to the page')
    .optional(),
})

/** An image id in a path; null for any other text. */
export const parseImageId = (text: string): number | null =>
  /^(0|[1-9]\d{0,9})$/.test(text) ? Number(text) : null

/**
 * Read the query of a picture's URL.
 *
 * @param query As Next gives it: a list where a name is repeated.
 * @returns The request, or one line that says what is wrong with it.
 */
export function parsePictureQuery(
  imageId: number,
  query: Readonly<Record<string, unknown>>,
): PictureRequest | string {
  const parsed = querySchema.safeParse(query)
  if (!parsed.success) return problemOf(parsed.error, query)
  const { w, masks, style, opacity, layer, v } = parsed.data
  return { imageId, width: w, masks, style, opacity, layer, version: v ?? null }
}

function problemOf({ issues: [issue] }: z.ZodError, query: Readonly<Record<string, unknown>>) {
  if (issue?.code === 'unrecognized_keys')
    return `"${issue.keys[0]}": unknown parameter; expected one of w, masks, style, opacity, layer, v`
  const name = String(issue?.path[0])
  return Array.isArray(query[name])
    ? `"${name}" is given more than once`
    : `"${name}" is "${String(query[name]).slice(0, 100)}"; it ${issue?.message}`
}
