import { licenceOf, licenceRemark, RELEASE_LICENCE } from '../catalog/licences'
import { bibtexOf, citationsOf, TOOL } from './citations'

/**
 * Credits of a subset as Markdown: sources of the images, licences, known issues, and citations. It cites the release,
 * the release's papers, this tool, and the source datasets where a citation is known.
 *
 * @param defects Known issues of a dataset.
 * @param facts `bibtex`: entries of the release and the papers.
 */
export function creditsText(
  datasets: readonly string[],
  defects: (dataset: string) => readonly string[],
  facts: {
    readonly name: string
    readonly manifest: string
    readonly recipe: string
    readonly bibtex: string
  },
): string {
  const rows = datasets.map(dataset => {
    const licence = licenceOf(dataset)
    const terms = licence
      ? `${licence.licence} (${licence.source}; ${licenceRemark(licence)})`
      : 'unknown: ask the publishers'
    const wrong = defects(dataset).map(what => `\n  known issue: ${what}`)
    const keys = citationsOf(dataset).map(one => one.key)
    const cite = keys.length ? `cite: ${keys.join(', ')}` : 'no citation known'
    return `- ${dataset}: ${terms}\n  ${cite}${wrong.join('')}`
  })
  // Datasets of the same challenge share papers, but a bibliography must not repeat a key.
  const cited = new Set([TOOL, ...datasets.flatMap(citationsOf)])
  return `# ${facts.name}

Subset of SA-Med2D-20M, ${facts.manifest}.
Recipe: ${facts.recipe}

The release is ${RELEASE_LICENCE.licence} (${RELEASE_LICENCE.source}); each source dataset has its own terms.

## Source datasets

${rows.join('\n')}

## Cite

The release and its papers, this tool, then the source datasets. Where no citation is known, ask the publishers.

\`\`\`bibtex
${[facts.bibtex, ...[...cited].map(bibtexOf)].join('\n')}\`\`\`
`
}
