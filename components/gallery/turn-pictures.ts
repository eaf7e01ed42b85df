import { turnByKey } from '../../lib/gallery/turn-view'
import type { GalleryView } from '../../lib/gallery/view'
import { updateGallery } from './use-gallery-view'

/** Change how pictures are turned, in the URL; Back does not go through the turns. */
export const turnPictures = (change: (view: GalleryView) => GalleryView): boolean =>
  updateGallery(change, { sameEntry: true })

/** Turn pictures by a key. Returns whether the key is one of these. */
export function turnPicturesByKey(key: string): boolean {
  let isKey = false
  turnPictures(view => {
    const changed = turnByKey(view, key)
    isKey = changed !== null
    return changed ?? view
  })
  return isKey
}
