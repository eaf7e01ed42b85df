import { KNOWN_DATASET_NAMES, knownDataset } from '../catalog/known-datasets'
import type { FacetCount } from '../manifest/manifest'
import { SUBMODALITIES } from '../release/submodalities'
import { isMergedLabel } from '../taxonomy/label-words'
import { anchorOf, type NamedKind } from './anchors'
import type { NameLine, Presence } from './line'
import { type Circumstances, presenceReasons } from './reasons'
import type { LedgerSource } from './source'

/** Every dataset that we know of or the manifest has, by name. */
export function datasetLines(source: LedgerSource, circumstances: Circumstances): NameLine[] {
  return nameLines(
    'dataset',
    KNOWN_DATASET_NAMES,
    source.summary.facets.dataset,
    name => (knownDataset(name)?.released ? 'yes' : 'not known'),
    circumstances,
  )
}

/** Every prefix of file names that we know of or the manifest has. */
export function prefixLines(source: LedgerSource, circumstances: Circumstances): NameLine[] {
  const released = new Map(SUBMODALITIES.map(row => [row.submodality, row.released]))
  return nameLines(
    'prefix',
    [...released.keys()],
    source.summary.facets.submodality,
    name => (released.has(name) ? (released.get(name) ? 'yes' : 'no') : 'not known'),
    circumstances,
  )
}

/** Every label of the manifest's masks but merged ones; single labels are not published. */
export function labelLines(source: LedgerSource, circumstances: Circumstances): NameLine[] {
  return nameLines('label', [], unmergedLabels(source), () => 'not known', circumstances)
}

/** Counts by label without those of merged masks, which the paper does not count by label. */
export const unmergedLabels = ({ summary }: LedgerSource): readonly FacetCount[] =>
  (summary.facets.label ?? []).filter(({ value }) => !isMergedLabel(value))

function nameLines(
  kind: NamedKind,
  known: readonly string[],
  rows: readonly FacetCount[] = [],
  presenceOf: (name: string) => Presence,
  circumstances: Circumstances,
): NameLine[] {
  const own = new Map(rows.map(row => [row.value, row]))
  const names = [...new Set([...known, ...own.keys()])].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
  return names.map(name => {
    const { images = 0, masks = 0 } = own.get(name) ?? {}
    const release = presenceOf(name)
    const isApart = (release === 'yes' && images === 0) || (release === 'no' && images > 0)
    const line = { id: anchorOf(kind, name), name, release, images, masks, isApart }
    // Nothing tells a label of our own from a published one.
    const isKnown = kind === 'label' || known.includes(name)
    return { ...line, reasons: presenceReasons(line, isKnown, circumstances) }
  })
}
