import { setImmediate } from 'node:timers/promises'
import type { Sharp } from 'sharp'
import { coverage } from './coverage'
import { fromRaw } from './encode.node.ts'
import type { ImageRow, MaskRow } from './image-row'
import type { ImageStore } from './image-store'
import { paintPhantom } from './phantom/paint-phantom'
import { sceneOf, sizeOf, spansOf } from './phantom/scene'
import type { PicturePixels } from './picture-pixels'

/** Version of the drawing; increase it when phantoms change. */
const DRAWING = 2

/** Low effort: these files exist only for a moment. */
const PNG = { compressionLevel: 1 }

/**
 * Simulated pictures, drawn from the manifest's rows, for manifests whose images do not exist. Masks have
 * exactly the box and the area of their row.
 */
export function openPhantomStore(): ImageStore {
  return {
    kind: 'phantom',
    needsBoxes: true,
    source: 'phantom',
    identity: `phantom ${DRAWING}`,
    paint: phantomPixels,
    async read(files, signal) {
      const drawn: Uint8Array[] = []
      for (const { row, mask } of files) {
        // Painting takes some milliseconds; other work of the thread can run between two pictures.
        await setImmediate()
        signal?.throwIfAborted()
        drawn.push(await (mask === null ? imagePng(row) : maskPng(row, mask)))
      }
      return drawn
    },
    async close() {},
  }
}

function phantomPixels(row: ImageRow, masks: readonly MaskRow[]): PicturePixels {
  const size = sizeOf(row)
  return {
    ...size,
    async rgb(width, height) {
      await setImmediate()
      return painted(row, width, height).toColourspace('srgb').raw().toBuffer()
    },
    async covered(i, width, height) {
      const pixels = maskPixels(row, masks[i] as MaskRow)
      return coverage(pixels, size.width, size.height, width, height)
    },
  }
}

/** The painting, enlarged to a size; grey pictures have one channel. */
function painted(row: ImageRow, width: number, height: number): Sharp {
  const picture = paintPhantom(sceneOf(row))
  return fromRaw(picture)
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .toColourspace(picture.channels === 1 ? 'b-w' : 'srgb')
}

function imagePng(row: ImageRow): Promise<Buffer> {
  const { width, height } = sizeOf(row)
  return painted(row, width, height).png(PNG).toBuffer()
}

/** 255 inside, 0 outside. */
function maskPixels(row: ImageRow, mask: MaskRow): Uint8Array {
  const { width, height } = sizeOf(row)
  const pixels = new Uint8Array(width * height)
  const spans = spansOf(row, mask, width, height)
  spans?.starts.forEach((start, i) => {
    const at = (spans.box.y0 + i) * width
    pixels.fill(255, at + start, at + (spans.ends[i] as number))
  })
  return pixels
}

function maskPng(row: ImageRow, mask: MaskRow): Promise<Buffer> {
  const picture = fromRaw({ ...sizeOf(row), channels: 1, data: maskPixels(row, mask) })
  return picture.toColourspace('b-w').png(PNG).toBuffer()
}
