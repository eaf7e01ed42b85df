export type PictureFormat = 'webp' | 'avif' | 'png'

const TYPES = [
  ['webp', 'image/webp'],
  ['avif', 'image/avif'],
  ['png', 'image/png'],
] as const

/**
 * The format of an answer: WebP, unless the Accept header prefers another (RFC 9110, 12.5.1), because AVIF
 * takes far longer to encode. PNG for clients that accept none of them.
 *
 * @param accept Value of Accept, or null.
 */
export function chooseFormat(accept: string | null): PictureFormat {
  const weights = new Map<string, number>()
  for (const item of (accept ?? '*/*').toLowerCase().split(',')) {
    const [type = '', ...parameters] = item.split(';').map(part => part.trim())
    const q = parameters.find(parameter => parameter.startsWith('q='))?.slice(2)
    weights.set(type, q === undefined ? 1 : Number(q))
  }
  let best: { format: PictureFormat; weight: number } = { format: 'png', weight: 0 }
  for (const [format, type] of TYPES) {
    const weight = weights.get(type) ?? weights.get('image/*') ?? weights.get('*/*') ?? 0
    if (weight > best.weight) best = { format, weight }
  }
  return best.format
}
