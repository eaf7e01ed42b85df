import { updateGallery } from './use-gallery-view'

/** Whether the history entry before that of the open image is the gallery from which it was opened. */
let openedHere = false

/** Open an image above the gallery; the back button closes it. */
export function openImage(imageId: number): void {
  openedHere = updateGallery(view => ({ ...view, image: imageId }))
}

/** Show another image in the open dialog; the back button still closes it. */
export const showImage = (imageId: number): boolean =>
  updateGallery(view => ({ ...view, image: imageId }), { sameEntry: true })

/** Close the image: go back to the gallery, or, if it was opened by a link or Forward, remove it from the URL. */
export function closeImage(): void {
  if (openedHere) window.history.back()
  else updateGallery(view => ({ ...view, image: null }), { sameEntry: true })
  openedHere = false
}

/** Call when the image was closed in another way, such as the back button. */
export function forgetOpening(): void {
  openedHere = false
}
