import { resolveFilter } from '../filter/selection'
import { ImageFault } from '../images/image-fault'
import type { PictureInfo } from '../images/picture-info'
import type { PictureService } from '../images/serve/picture-service.node.ts'
import { type ExampleChoice, exampleImagesSql } from '../queries/example-images'
import type { OpenManifest } from '../store/open-manifest.node.ts'
import type { Example, Examples, FigureInput } from './figure'

/** px; gives 300 dpi at the printed size of examples. */
const PICTURE_WIDTH = 256

/** Pictures at a time; few, because the pictures of pages use the same queue. */
const AT_ONCE = 2

/**
 * Choose example images of a filter and draw them with their masks.
 *
 * @param pictures Without an image store, examples have no picture but a reason.
 */
export async function readExamples(
  { engine }: OpenManifest,
  { dimensions, filter }: Pick<FigureInput, 'dimensions' | 'filter'>,
  pictures: PictureService,
): Promise<Examples> {
  const selection = resolveFilter(filter, dimensions)
  const choices = await engine.rows<ExampleChoice>(exampleImagesSql(selection))
  const left = [...choices.entries()]
  const items: Example[] = []
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = left.shift(); next; next = left.shift())
        items[next[0]] = await exampleOf(next[1], pictures)
    }),
  )
  return { store: pictures.status.store?.kind ?? null, items }
}

async function exampleOf(choice: ExampleChoice, pictures: PictureService): Promise<Example> {
  const info = await pictures.info(choice.image_id)
  return {
    region: choice.region,
    modality: choice.modality,
    imageId: choice.image_id,
    images: choice.images,
    dataset: info.dataset,
    file: info.path,
    labels: labelsOf(info, choice.region),
    ...(await pictureOf(choice.image_id, pictures)),
  }
}

/** Labels of a region on an image without repetition; merged labels are left out, because they repeat others. */
const labelsOf = ({ masks }: PictureInfo, region: string): string[] => [
  ...new Set(
    masks
      .filter(mask => (mask.region ?? 'Unassigned') === region && !mask.label.startsWith('union_'))
      .map(mask => mask.label),
  ),
]

async function pictureOf(
  imageId: number,
  pictures: PictureService,
): Promise<Pick<Example, 'picture' | 'fault'>> {
  const look = { masks: 'all', style: 'fill', opacity: 0.45, layer: 'all', version: null } as const
  try {
    const png = await pictures.picture({ ...look, imageId, width: PICTURE_WIDTH }, 'png')
    return { picture: `data:image/png;base64,${png.toString('base64')}`, fault: null }
  } catch (error) {
    if (error instanceof ImageFault) return { picture: null, fault: error.message }
    throw error
  }
}
