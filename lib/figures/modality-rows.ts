import type { FacetCount } from '../manifest/manifest'
import type { FigureColumn } from './figure'
import { logShares } from './log-shares'

/** Columns of the table and of the donut of modalities. */
export const MODALITY_COLUMNS: readonly FigureColumn[] = [
  { key: 'modality', title: 'Modality', unit: '' },
  { key: 'images', title: 'Images', unit: 'images' },
  { key: 'masks', title: 'Masks', unit: 'masks' },
  { key: 'log_images_pct', title: 'Share of ln(images)', unit: '%' },
  { key: 'log_masks_pct', title: 'Share of ln(masks)', unit: '%' },
]

/** Modalities with their logarithmic shares in percent; a share is null without images or masks. */
export function modalityRows(found: readonly FacetCount[]) {
  const images = logShares(found.map(row => row.images))
  const masks = logShares(found.map(row => row.masks))
  return found.map((row, i) => ({
    modality: row.value,
    images: row.images,
    masks: row.masks,
    log_images_pct: images[i] ?? null,
    log_masks_pct: masks[i] ?? null,
  }))
}
