import { updateGallery } from './use-gallery-view'

/** Whether the entry before the open image's is the gallery that it was opened from. */
let openedHere = false

/** Open an image above the gallery; the back button closes it. */
export function openImage(imageId: number): void {
  openedHere = updateGallery(view => ({ ...view, image: imageId }))
}

/** Show another image in its place: the back button still closes it. */
export const showImage = (imageId: number): boolean =>
  updateGallery(view => ({ ...view, image: imageId }), { sameEntry: true })

/** Close it: back to where it was opened, or, after a link or Forward, in its own place. */
export function closeImage(): void {
  if (openedHere) window.history.back()
  else updateGallery(view => ({ ...view, image: null }), { sameEntry: true })
  openedHere = false
}

/** The image was closed by other means. */
export function forgetOpening(): void {
  openedHere = false
}
