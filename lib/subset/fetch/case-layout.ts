/** Where the pictures of a composed dataset are. */
export interface CaseLayout {
  readonly name: 'nnunet' | 'medsam'
  /** File that is written last: the dataset is complete if it exists. */
  readonly last: string
  /** Whether all images must have the same channels. */
  readonly sameChannels: boolean
  /** Paths within the target of an image and its label map. */
  paths(image: CaseImage): { readonly image: string; readonly labels: string }
}

/** An image, for its paths. */
export interface CaseImage {
  /** Name of the image without folder and extension. */
  readonly stem: string
  /** The same without dots. */
  readonly key: string
  /** Null without splits. */
  readonly split: string | null
}

/**
 * nnU-Net v2: it trains on all of `imagesTr` and never reads `imagesTs`, so the test split is there
 * (documentation/dataset_format.md of MIC-DKFZ/nnUNet). `_0000` is the channel: a PNG has all of its own.
 */
const nnunet: CaseLayout = {
  name: 'nnunet',
  last: 'dataset.json',
  sameChannels: true,
  paths({ stem, split }) {
    const part = split === 'test' ? 'Ts' : 'Tr'
    return { image: `images${part}/${stem}_0000.png`, labels: `labels${part}/${stem}.png` }
  },
}

/**
 * MedSAM: its preparation of 2D images (pre_grey_rgb.py of bowang-lab/MedSAM) reads a folder of images and one of
 * label maps with the same names, and cuts names at the first dot in a later version. Grey images get three channels
 * there.
 */
const medsam: CaseLayout = {
  name: 'medsam',
  last: 'labels.json',
  sameChannels: false,
  paths({ key, split }) {
    const folder = split === null ? '' : `${split}/`
    return { image: `${folder}images/${key}.png`, labels: `${folder}labels/${key}.png` }
  },
}

export const CASE_LAYOUTS = { nnunet, medsam } as const
