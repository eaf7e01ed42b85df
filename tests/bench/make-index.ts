import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { imageName, imageStem, maskName } from '../../lib/release/names'

const DATASETS = [
  { dataset: 'Totalsegmentator_dataset', submodality: 'ct_00', labels: 104, masksPerSlice: 9 },
  { dataset: 'CTSpine1K_Full', submodality: 'ct_00', labels: 25, masksPerSlice: 4 },
  { dataset: 'BraTS2021', submodality: 'mr_t1', labels: 6, masksPerSlice: 3 },
  { dataset: 'AbdomenCT1K', submodality: 'ct_00', labels: 4, masksPerSlice: 2 },
  { dataset: 'ACDC', submodality: 'mr_00', labels: 4, masksPerSlice: 2 },
] as const

const SLICES = 120
const CHUNK_IMAGES = 2000

/**
 * Write an index and a class map of the public release's shape: volumes cut along three axes, 1 to
 * 15 masks an image, four on average, names of the real length (about 85 bytes a path).
 *
 * @param images 3,772,180 for the full size.
 * @returns Path of the index.
 */
export async function makeIndex(dir: string, images: number): Promise<string> {
  await mkdir(dir, { recursive: true })
  const indexPath = join(dir, 'SAMed2D_v1.json')
  const classMap = Object.fromEntries(
    DATASETS.map(({ dataset, labels }) => [
      dataset,
      Object.fromEntries(
        Array.from({ length: labels }, (_, i) => [`vertebrae_label_${i}`, classId(i)]),
      ),
    ]),
  )
  await writeFile(join(dir, 'SAMed2D_v1_class_mapping_id.json'), JSON.stringify(classMap, null, 4))
  await pipeline(Readable.from(chunks(images)), createWriteStream(indexPath))
  return indexPath
}

const classId = (i: number): string => String(i).padStart(4, '0')

/** The index as Python's json.dump writes it with indent=4. */
function* chunks(images: number): Generator<string> {
  yield '{'
  for (let start = 0; start < images; start += CHUNK_IMAGES) {
    const lines: string[] = []
    for (let i = start; i < Math.min(images, start + CHUNK_IMAGES); i++) lines.push(entry(i))
    yield `${start === 0 ? '' : ','}\n${lines.join(',\n')}`
  }
  yield '\n}\n'
}

/** The nth image of such a release, and its masks: their paths. */
export function imageAt(i: number): { readonly image: string; readonly masks: readonly string[] } {
  const volume = Math.floor(i / (3 * SLICES))
  const source = DATASETS[volume % DATASETS.length] as (typeof DATASETS)[number]
  const image = {
    submodality: source.submodality,
    dataset: source.dataset,
    caseName: `${source.dataset.slice(0, 8)}_${String(volume).padStart(5, '0')}`,
    axis: (['x', 'y', 'z'] as const)[Math.floor(i / SLICES) % 3] as 'x' | 'y' | 'z',
    slice: i % SLICES,
  }
  const stem = imageStem(image)
  // A cheap hash: neighbouring slices differ, every run is the same.
  const noise = Math.imul(i + 1, 2654435761) >>> 8
  const masks = Array.from({ length: 1 + (noise % (2 * source.masksPerSlice - 1)) }, (_, m) =>
    maskName({
      imageStem: stem,
      classId: classId((noise + (m >> 1)) % source.labels),
      instance: m & 1,
    }),
  )
  return { image: imageName(image), masks }
}

function entry(i: number): string {
  const { image, masks } = imageAt(i)
  const list = masks.map(mask => `        ${JSON.stringify(mask)}`).join(',\n')
  return `    ${JSON.stringify(image)}: [\n${list}\n    ]`
}
