import { setImmediate } from 'node:timers/promises'
import sharp from 'sharp'
import type { ImageRow, MaskRow } from './image-row'
import type { ImageStore } from './image-store'
import { paintPhantom } from './phantom/paint-phantom'
import { sceneOf, sizeOf, spansOf } from './phantom/scene'

/** Goes up whenever a phantom is drawn differently. */
const DRAWING = 1

/** Little effort: these files live for a moment. */
const PNG = { compressionLevel: 1 }

/**
 * Simulated pictures, drawn from the manifest's rows alone: for manifests whose images do not exist.
 * Masks have exactly the box and the area that their row says.
 */
export function openPhantomStore(): ImageStore {
  return {
    kind: 'phantom',
    needsBoxes: true,
    source: 'phantom',
    identity: `phantom ${DRAWING}`,
    async read(files, signal) {
      const drawn: Uint8Array[] = []
      for (const { row, mask } of files) {
        // Painting keeps the thread for some milliseconds: others come between two pictures.
        await setImmediate()
        signal?.throwIfAborted()
        drawn.push(await (mask === null ? drawImage(row) : drawMask(row, mask)))
      }
      return drawn
    },
    async close() {},
  }
}

async function drawImage(row: ImageRow): Promise<Uint8Array> {
  const scene = sceneOf(row)
  const { data, width, height, channels } = paintPhantom(scene)
  return sharp(data, { raw: { width, height, channels } })
    .resize(scene.width, scene.height, { fit: 'fill', kernel: 'cubic' })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png(PNG)
    .toBuffer()
}

/** A grey picture: 255 inside, 0 outside. */
async function drawMask(row: ImageRow, mask: MaskRow): Promise<Uint8Array> {
  const { width, height } = sizeOf(row)
  const pixels = new Uint8Array(width * height)
  const spans = spansOf(row, mask, width, height)
  spans?.starts.forEach((start, i) => {
    const at = (spans.box.y0 + i) * width
    pixels.fill(255, at + start, at + (spans.ends[i] as number))
  })
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png(PNG)
    .toBuffer()
}
