import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ImageRow, type MaskRow, pathOf } from '../../lib/images/image-row'
import { openPhantomStore } from '../../lib/images/phantom-store.node.ts'
import { ingestRelease } from '../../lib/ingest/ingest.node.ts'

const SIDE = 512
/** Drawing takes longer than what is measured of them: later images repeat these. */
const DRAWN = 400

/** A release folder of phantom pictures of 512 × 512 px, and its manifest. */
export async function makePictures(
  root: string,
  count: number,
  masks: number,
): Promise<{ images: string; manifest: string }> {
  const images = join(root, 'SAMed2Dv1')
  for (const folder of ['images', 'masks']) await mkdir(join(images, folder), { recursive: true })
  const store = openPhantomStore()
  const drawn: Uint8Array[][] = []
  const index: Record<string, string[]> = {}
  for (let slice = 0; slice < count; slice++) {
    const row = rowOf(slice, masks)
    const files = [null, ...row.masks].map(mask => ({ row, mask }))
    if (slice < DRAWN) drawn.push(await store.read(files))
    const contents = drawn[slice % DRAWN] ?? []
    for (const [i, file] of files.entries())
      await writeFile(join(images, pathOf(file)), contents[i] as Uint8Array)
    const [image = '', ...others] = files.map(pathOf)
    index[image] = others
  }
  const classes = rowOf(0, masks).masks.map(({ label, classId }) => [label, classId])
  await writeFile(join(images, 'SAMed2D_v1.json'), JSON.stringify(index))
  const classMap = JSON.stringify({ Bench: Object.fromEntries(classes) })
  await writeFile(join(images, 'SAMed2D_v1_class_mapping_id.json'), classMap)
  const manifest = join(root, 'manifest')
  await ingestRelease(images, { out: manifest })
  return { images, manifest }
}

function rowOf(slice: number, count: number): ImageRow {
  const masks = Array.from({ length: count }, (_, i): MaskRow => {
    const [x0, y0] = [80 + 90 * i, 140 + ((slice * (i + 1)) % 120)]
    return {
      labelId: i,
      label: `label_${i}`,
      region: null,
      isLesion: false,
      classId: `000${i}`,
      instance: 0,
      area: 5000,
      box: { x0, y0, x1: x0 + 80, y1: y0 + 90 },
    }
  })
  return {
    imageId: slice,
    modality: 'CT',
    submodality: 'ct_00',
    dataset: 'Bench',
    caseName: 'one',
    axis: 'z',
    slice,
    width: SIDE,
    height: SIDE,
    masks,
  }
}
