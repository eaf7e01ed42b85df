/** Where the pictures of a composed dataset are. */
export interface CaseLayout {
  readonly name: 'nnunet' | 'medsam'
  /** File that is written last. If it exists, the dataset is complete. */
  readonly last: string
  /** Whether all images must have the same number of channels. */
  readonly sameChannels: boolean
  /** Paths of an image and its label map within the target. */
  paths(image: CaseImage): { readonly image: string; readonly labels: string }
}

/** Facts about an image that decide its paths. */
export interface CaseImage {
  /** Name of the image without folder and extension. */
  readonly stem: string
  /** The stem without dots. */
  readonly key: string
  /** Null without splits. */
  readonly split: string | null
}

/**
 * nnU-Net v2. It trains on all of `imagesTr` and never reads `imagesTs`, so the test split is in `imagesTs`
 * (documentation/dataset_format.md of MIC-DKFZ/nnUNet). `_0000` is the channel. A PNG holds all its channels in one
 * file.
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
 * MedSAM. The script for 2D images (pre_grey_rgb.py of bowang-lab/MedSAM) reads a folder of images and a folder of
 * label maps with the same names. A later version cuts names at the first dot. The script converts grey images to three
 * channels.
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
