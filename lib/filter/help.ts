import { FACET_NAMES, FACETS, type FacetName } from './facets'

/** The filter grammar in words, made from the facets' own table, for the CLI and the docs. */
export function filterHelp(): string {
  const width = Math.max(...FACET_NAMES.map(name => FACETS[name].example.length))
  const line = (name: FacetName) => `  ${FACETS[name].example.padEnd(width)}  ${FACETS[name].doc}`
  return `
Filter, in the same syntax as in the page's URL:
${FACET_NAMES.map(line).join('\n')}

Facets are joined by "&" and all hold; several values of one facet mean any of them, and a value
after "!" is left out: dataset=!BTCV, modality=MR&submodality=!mr_t2. With label.all=liver,spleen and
organ.all=Liver,Spleen an image must have a mask for each of the values. A range is closed, and either
end may be left out. Values are percent-encoded as in any URL; a comma or a "!" that belongs to a
value has a backslash before it. Mask facets
(organ, label, region, side, lesion, union, area) hold together on one and the same mask, and an image
is selected if it has such a mask.
`
}
