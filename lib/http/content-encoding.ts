/**
 * The first offered encoding that an Accept-Encoding header allows; null if none is allowed, so that the content
 * is sent as it is. The preferences of the header are ignored, because the server has all encodings ready.
 *
 * @param header Value of Accept-Encoding, or null.
 * @param offered Names of encodings, best first, such as br and gzip.
 */
export function chooseEncoding<Encoding extends string>(
  header: string | null,
  offered: readonly Encoding[],
): Encoding | null {
  const weights = new Map<string, number>()
  for (const item of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = item.split(';').map(part => part.trim())
    const q = parameters.find(parameter => parameter.startsWith('q='))?.slice(2)
    weights.set(name, q === undefined ? 1 : Number(q))
  }
  const allowed = (encoding: string) => (weights.get(encoding) ?? weights.get('*') ?? 0) > 0
  return offered.find(allowed) ?? null
}
