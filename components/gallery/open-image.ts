import { updateGallery } from './use-gallery-view'

/** Show another image in the dialog that is open: the back button still closes it. */
export const showImage = (imageId: number): boolean =>
  updateGallery(view => ({ ...view, image: imageId }), { sameEntry: true })

export const closeImage = (): boolean => updateGallery(view => ({ ...view, image: null }))
