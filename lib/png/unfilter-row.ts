/**
 * Undo the filter of one row of a PNG, in place.
 *
 * @param data Filter byte and filtered bytes of each row, row after row; the row above must be unfiltered.
 * @param at Offset of the row's filter byte (0 to 4).
 * @param pixelBytes Distance to the same sample of the pixel on the left.
 */
export function unfilterRow(
  data: Uint8Array,
  at: number,
  rowBytes: number,
  pixelBytes: number,
  isFirst: boolean,
): void {
  const start = at + 1
  const end = start + rowBytes
  // Above the first row all bytes are 0, so the filters reduce to simpler ones.
  const up = isFirst ? 0 : rowBytes + 1
  const filter = data[at]
  if (filter === 1 || (filter === 4 && isFirst)) left(data, start, end, pixelBytes)
  else if (filter === 2 && !isFirst) above(data, start, end, up)
  else if (filter === 3) average(data, start, end, pixelBytes, up)
  else if (filter === 4) paeth(data, start, end, pixelBytes, up)
}

function left(data: Uint8Array, start: number, end: number, pixelBytes: number): void {
  for (let i = start + pixelBytes; i < end; i++)
    data[i] = (data[i] as number) + (data[i - pixelBytes] as number)
}

function above(data: Uint8Array, start: number, end: number, up: number): void {
  for (let i = start; i < end; i++) data[i] = (data[i] as number) + (data[i - up] as number)
}

function average(data: Uint8Array, start: number, end: number, bytes: number, up: number): void {
  for (let i = start; i < end; i++) {
    const a = i < start + bytes ? 0 : (data[i - bytes] as number)
    const b = up === 0 ? 0 : (data[i - up] as number)
    data[i] = (data[i] as number) + ((a + b) >> 1)
  }
}

function paeth(data: Uint8Array, start: number, end: number, bytes: number, up: number): void {
  // Left of the first pixel all bytes are 0, so Paeth chooses the byte above.
  const first = Math.min(end, start + bytes)
  for (let i = start; i < first; i++) data[i] = (data[i] as number) + (data[i - up] as number)
  for (let i = first; i < end; i++) {
    const a = data[i - bytes] as number
    const b = data[i - up] as number
    const c = data[i - up - bytes] as number
    const pa = Math.abs(b - c)
    const pb = Math.abs(a - c)
    const pc = Math.abs(a + b - 2 * c)
    const nearest = pa <= pb && pa <= pc ? a : pb <= pc ? b : c
    data[i] = (data[i] as number) + nearest
  }
}
