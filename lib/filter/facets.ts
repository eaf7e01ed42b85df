/** A facet that selects by a list of values. */
export interface ValueFacet {
  readonly kind: 'values'
  /** Whether the facet selects images, or masks. */
  readonly of: 'image' | 'mask'
  readonly title: string
  readonly doc: string
  readonly example: string
}

/** A facet that selects by a range of numbers. */
export interface RangeFacet {
  readonly kind: 'range'
  readonly of: 'image' | 'mask'
  readonly title: string
  readonly unit: string
  readonly doc: string
  readonly example: string
  /** Whole numbers only. */
  readonly integer: boolean
}

/**
 * The facets of the filter grammar, in the order in which a canonical query string lists them.
 * The help of the page and of the command line, and docs/filters.md, are made from this table.
 */
export const FACETS = {
  modality: {
    kind: 'values',
    of: 'image',
    title: 'Modality',
    doc: 'one of the ten modalities',
    example: 'modality=CT,MR',
  },
  submodality: {
    kind: 'values',
    of: 'image',
    title: 'Sub-modality',
    doc: 'prefix of the file names',
    example: 'submodality=mr_t1',
  },
  dataset: {
    kind: 'values',
    of: 'image',
    title: 'Dataset',
    doc: 'source dataset, as in the file names',
    example: 'dataset=BTCV',
  },
  axis: {
    kind: 'values',
    of: 'image',
    title: 'Axis',
    doc: 'axis of the cut: x, y or z (also axial, coronal, sagittal), and 2d for 2D sources',
    example: 'axis=x,y,z,2d',
  },
  flag: {
    kind: 'values',
    of: 'image',
    title: 'Flag',
    doc: 'known issue of the image, or none; docs/manifest.md lists the flags',
    example: 'flag=mask_empty',
  },
  organ: {
    kind: 'values',
    of: 'mask',
    title: 'Organ',
    doc: 'one of the 31 organs, or Unassigned',
    example: 'organ=Liver,Kidney',
  },
  label: {
    kind: 'values',
    of: 'mask',
    title: 'Label',
    doc: 'label name, as in the class map',
    example: 'label=liver',
  },
  region: {
    kind: 'values',
    of: 'mask',
    title: 'Region',
    doc: 'anatomical region of the label, or Unassigned',
    example: 'region=Abdomen',
  },
  side: {
    kind: 'values',
    of: 'mask',
    title: 'Side',
    doc: 'left, right, or none where the label does not give a side',
    example: 'side=left',
  },
  lesion: {
    kind: 'values',
    of: 'mask',
    title: 'Lesion',
    doc: '1 for masks of lesions, 0 for the rest',
    example: 'lesion=1',
  },
  union: {
    kind: 'values',
    of: 'mask',
    title: 'Merged mask',
    doc: '1 for merged masks (the release’s union_ labels), 0 for the rest',
    example: 'union=0,1',
  },
  width: {
    kind: 'range',
    of: 'image',
    title: 'Width',
    unit: 'px',
    integer: true,
    doc: 'width of the image in px',
    example: 'width=256..512',
  },
  height: {
    kind: 'range',
    of: 'image',
    title: 'Height',
    unit: 'px',
    integer: true,
    doc: 'height of the image in px',
    example: 'height=..512',
  },
  aspect: {
    kind: 'range',
    of: 'image',
    title: 'Aspect',
    unit: 'width / height',
    integer: false,
    doc: 'width of the image divided by its height',
    example: 'aspect=0.9..1.1',
  },
  masks: {
    kind: 'range',
    of: 'image',
    title: 'Masks per image',
    unit: 'masks',
    integer: true,
    doc: 'number of masks of the image',
    example: 'masks=1..5',
  },
  area: {
    kind: 'range',
    of: 'mask',
    title: 'Mask area',
    unit: 'share of the image',
    integer: false,
    doc: 'share of the image covered by the mask, 0 to 1',
    example: 'area=0.01..0.2',
  },
} as const satisfies Record<string, ValueFacet | RangeFacet>

export type FacetName = keyof typeof FACETS
export type RangeFacetName = {
  [K in FacetName]: (typeof FACETS)[K]['kind'] extends 'range' ? K : never
}[FacetName]
export type ValueFacetName = Exclude<FacetName, RangeFacetName>

export const FACET_NAMES = Object.keys(FACETS) as FacetName[]

export const VALUE_FACET_NAMES = FACET_NAMES.filter(
  (name): name is ValueFacetName => FACETS[name].kind === 'values',
)

/** Facets of which an image can have several values, so that a filter can require all of its values. */
export const ALL_FACET_NAMES = ['organ', 'label'] as const satisfies readonly ValueFacetName[]
export type AllFacetName = (typeof ALL_FACET_NAMES)[number]

export const isAllFacet = (name: FacetName): name is AllFacetName =>
  ALL_FACET_NAMES.some(one => one === name)

export const isRangeFacet = (name: FacetName): name is RangeFacetName =>
  FACETS[name].kind === 'range'

/** The value of the facet `side` for labels that do not name a side. */
export const NO_SIDE = 'none'

/** The organ or region of a label without one, in filters, charts and tables. */
export const UNASSIGNED = 'Unassigned'
