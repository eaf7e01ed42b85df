import { CHANNELS } from './passes'
import { corrupt } from './png-fault'
import type { PngHeader } from './png-header'

/**
 * Some pixels of one row, decoded: pixel i of `count` is at x0 + i × dx of row y. All rows of a picture have the same
 * kind of pixels.
 */
export interface PngRow {
  readonly y: number
  readonly x0: number
  readonly dx: number
  readonly count: number
  /** Pixel i begins at `at + i * pixelBytes` with its colours. Overwritten by the next row. */
  readonly data: Uint8Array
  readonly at: number
  readonly pixelBytes: number
  /** 1 grey, 3 RGB. */
  readonly colors: 1 | 3
  /** Bytes of a sample, the higher first. */
  readonly sampleBytes: 1 | 2
  /** How opaque each pixel is, 0 to 255; null if all are opaque, or nobody asked. */
  readonly alpha: Uint8Array | null
}

type Pixels = Pick<PngRow, 'data' | 'at' | 'pixelBytes' | 'colors' | 'sampleBytes' | 'alpha'>

/** Stored row → pixels: `count` of them, which begin at `at`. */
export type Expand = (data: Uint8Array, at: number, count: number) => Pixels

const opaque = () => null

/**
 * How the rows of a picture become pixels. Indices become the colours of the palette, black if it lacks them; grey of 1,
 * 2 or 4 bits is spread over 0 to 255, as every reader does; samples of 8 and 16 bits stay as they are.
 *
 * @param withAlpha Whether `alpha` is asked for.
 * @throws PngFault if a palette is missing.
 */
export function expander(
  header: PngHeader,
  { palette, transparency }: { palette: Uint8Array | null; transparency: Uint8Array | null },
  withAlpha: boolean,
): Expand {
  const { colorType, bitDepth, width } = header
  if (colorType === 3) return ofPalette(bitDepth, width, palette, withAlpha ? transparency : null)
  const sampleBytes = bitDepth === 16 ? 2 : 1
  const { all, colors } = CHANNELS[colorType] ?? { all: 1, colors: 1 }
  const pixelBytes = all * sampleBytes
  const alphaOf = withAlpha ? alphaReader(header, transparency) : opaque
  const kind = { pixelBytes, colors, sampleBytes } as const
  if (bitDepth >= 8)
    return (data, at, count) => ({ data, at, ...kind, alpha: alphaOf(data, at, count) })
  const most = 2 ** bitDepth - 1
  const spread = Uint8Array.from({ length: most + 1 }, (_, sample) => (sample * 255) / most)
  const grey = new Uint8Array(width)
  return (data, at, count) => {
    unpackBits(data, at, count, bitDepth, grey)
    for (let i = 0; i < count; i++) grey[i] = spread[grey[i] as number] as number
    return { data: grey, at: 0, ...kind, alpha: alphaOf(data, at, count) }
  }
}

function ofPalette(
  bitDepth: number,
  width: number,
  palette: Uint8Array | null,
  transparency: Uint8Array | null,
): Expand {
  if (!palette || palette.length === 0 || palette.length % 3 !== 0)
    throw corrupt('damaged (its palette is missing or incomplete)')
  // Colours that the palette lacks are black.
  const colors = new Uint8Array(3 * 256)
  colors.set(palette)
  const rgb = new Uint8Array(3 * width)
  const indices = new Uint8Array(width)
  const alphas = transparency && new Uint8Array(256).fill(255)
  if (transparency) alphas?.set(transparency)
  const alpha = alphas && new Uint8Array(width)
  return (data, at, count) => {
    if (bitDepth === 8) indices.set(data.subarray(at, at + count))
    else unpackBits(data, at, count, bitDepth, indices)
    for (let i = 0, to = 0; i < count; i++, to += 3) {
      const index = indices[i] as number
      const from = 3 * index
      rgb[to] = colors[from] as number
      rgb[to + 1] = colors[from + 1] as number
      rgb[to + 2] = colors[from + 2] as number
      if (alpha) alpha[i] = alphas?.[index] as number
    }
    return { data: rgb, at: 0, pixelBytes: 3, colors: 3, sampleBytes: 1, alpha }
  }
}

/** Samples of a row that packs several of them into a byte, the leftmost into the highest bits. */
function unpackBits(
  data: Uint8Array,
  at: number,
  count: number,
  bitDepth: number,
  out: Uint8Array,
): void {
  const most = (1 << bitDepth) - 1
  for (let i = 0, from = at; i < count; from++) {
    const byte = data[from] as number
    for (let shift = 8 - bitDepth; shift >= 0 && i < count; shift -= bitDepth, i++)
      out[i] = (byte >> shift) & most
  }
}

/** Reads alpha from a channel of its own, or from the one colour that is transparent (tRNS). */
function alphaReader(
  { colorType, bitDepth, width }: PngHeader,
  transparency: Uint8Array | null,
): (data: Uint8Array, at: number, count: number) => Uint8Array | null {
  const { all, colors } = CHANNELS[colorType] ?? { all: 1, colors: 1 }
  const alpha = new Uint8Array(width)
  const sampleBytes = bitDepth === 16 ? 2 : 1
  const pixelBytes = all * sampleBytes
  if (all > colors)
    return (data, at, count) => {
      // Of 16 bits the upper eight.
      for (let i = 0, from = at + colors * sampleBytes; i < count; i++, from += pixelBytes)
        alpha[i] = data[from] as number
      return alpha
    }
  if (!transparency || transparency.length < 2 * colors) return opaque
  const view = new DataView(transparency.buffer, transparency.byteOffset)
  const key = Array.from({ length: colors }, (_, c) => view.getUint16(2 * c))
  const packed = new Uint8Array(bitDepth < 8 ? width : 0)
  if (bitDepth < 8)
    return (data, at, count) => {
      unpackBits(data, at, count, bitDepth, packed)
      for (let i = 0; i < count; i++) alpha[i] = packed[i] === key[0] ? 0 : 255
      return alpha
    }
  const sampleAt = (data: Uint8Array, at: number, i: number, c: number) => {
    const from = at + i * pixelBytes + c * sampleBytes
    const first = data[from] as number
    return sampleBytes === 1 ? first : first * 256 + (data[from + 1] as number)
  }
  return (data, at, count) => {
    for (let i = 0; i < count; i++)
      alpha[i] = key.every((value, c) => sampleAt(data, at, i, c) === value) ? 0 : 255
    return alpha
  }
}
