/**
 * Scale a mask down: how much of each pixel of the smaller picture it covers.
 *
 * @param mask width × height bytes; a pixel is set if its byte is not 0.
 * @param toWidth At most width; toHeight at most height.
 * @returns toWidth × toHeight bytes, from 0 (not covered) to 255 (covered completely).
 */
export function coverage(
  mask: Uint8Array,
  width: number,
  height: number,
  toWidth: number,
  toHeight: number,
): Uint8Array {
  const columnOf = new Uint32Array(width)
  for (let x = 0; x < width; x++) columnOf[x] = Math.floor((x * toWidth) / width)
  const sums = new Uint32Array(toWidth * toHeight)
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor((y * toHeight) / height) * toWidth
    for (let x = 0; x < width; x++, i++)
      if (mask[i] !== 0) {
        const cell = row + (columnOf[x] as number)
        sums[cell] = (sums[cell] as number) + 1
      }
  }
  const columns = cellSizes(width, toWidth)
  const rows = cellSizes(height, toHeight)
  const covered = new Uint8Array(toWidth * toHeight)
  for (let y = 0, i = 0; y < toHeight; y++)
    for (let x = 0; x < toWidth; x++, i++)
      covered[i] = Math.round(
        (255 * (sums[i] as number)) / ((rows[y] as number) * (columns[x] as number)),
      )
  return covered
}

/** Number of the `size` pixels that fall into each of `to` cells. */
function cellSizes(size: number, to: number): Uint32Array {
  const sizes = new Uint32Array(to)
  for (let i = 0; i < size; i++) {
    const cell = Math.floor((i * to) / size)
    sizes[cell] = (sizes[cell] as number) + 1
  }
  return sizes
}
