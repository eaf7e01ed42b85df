import { ADVANCE, drawText, LINE } from './bitmap-font'

/** Raw pixels: width × height × channels bytes. */
export interface RawPicture {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3 | 4
  readonly data: Uint8Array
}

const GROUND = 0x20
const INK = 0xd0
const MARGIN = 4

/** A grey picture with a message, in place of a picture that cannot be shown. */
export function placeholder(message: string, width: number): RawPicture {
  const height = Math.round(width * 0.75)
  const scale = Math.max(1, Math.round(width / 320))
  const perLine = Math.max(1, Math.floor((width - 2 * MARGIN) / (ADVANCE * scale)))
  const fits = Math.max(1, Math.floor((height - 2 * MARGIN) / (LINE * scale)))
  const lines = wrap(message, perLine)
  const shown = lines.slice(0, fits)
  if (lines.length > fits) shown[fits - 1] = `${shown[fits - 1]?.slice(0, perLine - 3)}...`
  const data = new Uint8Array(width * height).fill(GROUND)
  const top = Math.floor((height - shown.length * LINE * scale) / 2)
  const plot = (x: number, y: number) => {
    if (x < width && y >= 0 && y < height) data[y * width + x] = INK
  }
  for (const [i, line] of shown.entries())
    drawText(line, { x: MARGIN, y: top + i * LINE * scale, scale }, plot)
  return { width, height, channels: 1, data }
}

/** Break a text into lines of at most `length` characters, at spaces, or within words that are longer. */
export function wrap(text: string, length: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length <= length) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    for (; line.length > length; line = line.slice(length)) lines.push(line.slice(0, length))
  }
  return [...lines, line]
}
