import { FACET_NAMES, FACETS, type FacetName } from './facets'

/** The filter grammar in words, made from `FACETS`, for the command line and the docs. */
export function filterHelp(): string {
  const width = Math.max(...FACET_NAMES.map(name => FACETS[name].example.length))
  const line = (name: FacetName) => `  ${FACETS[name].example.padEnd(width)}  ${FACETS[name].doc}`
  return `
Filter, in the same syntax as in the page's URL:
${FACET_NAMES.map(line).join('\n')}

Facets are joined by "&", and an image must match all of them. Several values of one facet mean any of
them; "!" before a value excludes it: dataset=!BTCV, modality=MR&submodality=!mr_t2. With
label.all=liver,spleen and organ.all=Liver,Spleen an image must have a mask for each of the values, whatever
other mask facets say of that mask. A range includes both ends, and either end can be omitted. Values are
percent-encoded as in any URL; put a backslash before a comma or "!" that is part of a value. Mask facets
(organ, label, region, side, lesion, union, area) must all match the same mask, and an image matches if it
has such a mask.

axis=axial is another word for axis=x, axis=coronal for axis=y, axis=sagittal for axis=z, in every dataset: they
select all slices along that axis, also those of datasets where its plane is not known or is another one.
docs/filters.md names the datasets where it is known.

Merged masks repeat other masks of their image. They count in totals without a mask facet. Mask facets
leave them out, even a full range such as area=0..1, and so do charts and counts by organ, label, region,
side, lesion and area. The facet union includes them (union=0,1 takes all masks). A merged label that label=
names counts too, alone or with other labels, such as label=liver,union_liver_tumor.
`
}
