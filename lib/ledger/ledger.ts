import { countOf } from '../format'
import type { Duplicates, ImageSplit } from '../manifest/manifest'
import { modalityLines, sizeLines, structureLines } from './breakdowns'
import { type DefectLine, defectLines } from './defects'
import { type LicenceLine, licenceLines } from './licences'
import type { Line, NameLine } from './line'
import { datasetLines, labelLines, prefixLines, unmergedLabels } from './names'
import { type OverlapFinding, overlapFindings } from './overlaps'
import { circumstancesOf } from './reasons'
import { type Rejected, rejectedOf } from './rejected'
import type { LedgerSource } from './source'
import { totalLines } from './totals'

/** Lines that belong together, under a heading. */
export interface Section<Of> {
  /** Anchor. */
  readonly id: string
  readonly title: string
  /** How to read its lines. */
  readonly note: string
  readonly lines: readonly Of[]
}

/** Paper, public release and one manifest side by side. */
export interface Ledger {
  readonly manifest: Pick<LedgerSource, 'name' | 'id' | 'source' | 'simulated'>
  /** Numbers that were published. */
  readonly numbers: readonly Section<Line>[]
  /** Things of which at most their presence was published. */
  readonly names: readonly Section<NameLine>[]
  readonly rejected: Rejected
  /** Null: no archive was read, so nothing was compared. */
  readonly duplicates: Duplicates | null
  /** Datasets that share scans, or may, by their descriptions. */
  readonly overlaps: readonly OverlapFinding[]
  readonly defects: readonly DefectLine[]
  readonly licences: readonly LicenceLine[]
  /** What a split by image does to patients; null: not counted. */
  readonly imageSplit: ImageSplit | null
}

/** The paper's axis prints 10e1, 10e2 …: times ten, not a power (data/paper.json). */
const MISREAD_BINS =
  'The paper’s figure prints 10e1 for 10 × 10¹, which is 100. openmedlab’s page on the dataset reads it as 10¹, so it says that no dataset has more than 100,000 images; but then all datasets together could not have the images of the paper’s own table.'

/** The ledger of a manifest, from its summary and the curated facts in data/. */
export function ledgerOf(source: LedgerSource): Ledger {
  const circumstances = circumstancesOf(source)
  const { name, id, simulated } = source
  return {
    manifest: { name, id, source: source.source, simulated },
    numbers: [
      {
        id: 'totals',
        title: 'Totals',
        note: 'The totals shown at the top of the overview.',
        lines: totalLines(source, circumstances),
      },
      {
        id: 'by-modality',
        title: 'By modality',
        note: 'The paper prints both numbers of all ten modalities; for the public release, we only know which modalities have files.',
        lines: modalityLines(source, circumstances),
      },
      {
        id: 'by-structure',
        title: 'By anatomical structure',
        note: 'As in the paper: each dataset is counted in full under every structure it covers, so the sums exceed the totals. Read off a figure, to 0.5%.',
        lines: structureLines(source, circumstances),
      },
      {
        id: 'by-size',
        title: 'Datasets by size',
        note: `How many datasets have a number of images, or of masks, in each bin. A bin includes its lower end and excludes its upper end. ${MISREAD_BINS}`,
        lines: sizeLines(source, circumstances),
      },
    ],
    names: [
      {
        id: 'by-dataset',
        title: 'By dataset',
        note: 'Neither the paper nor the public release publishes numbers per dataset. “In it” marks datasets that are certainly in the release; the list is incomplete.',
        lines: datasetLines(source, circumstances),
      },
      {
        id: 'by-prefix',
        title: 'By prefix of file names',
        note: 'Prefixes seen in the public release. Two are our own, for modalities that only the paper counts.',
        lines: prefixLines(source, circumstances),
      },
      {
        id: 'by-label',
        title: 'By label',
        note: labelNote(source),
        lines: labelLines(source, circumstances),
      },
    ],
    rejected: rejectedOf(source),
    duplicates: source.duplicates ?? null,
    overlaps: overlapFindings(source.duplicates, datasetsOf(source)),
    defects: defectLines(source),
    licences: licenceLines(source),
    imageSplit: source.imageSplit ?? null,
  }
}

const datasetsOf = ({ summary }: LedgerSource) =>
  new Set(
    (summary.facets.dataset ?? []).filter(({ images }) => images > 0).map(({ value }) => value),
  )

function labelNote(source: LedgerSource): string {
  const { summary } = source
  const counted = unmergedLabels(source).filter(({ images }) => images > 0).length
  const unions = summary.totals.labels - counted
  const note = 'Neither names nor numbers of labels are published.'
  return unions > 0
    ? `${note} Merged masks are left out: ${countOf(unions, 'label name')} of the ${summary.totals.labels} above ${unions === 1 ? 'is' : 'are'} on merged masks only.`
    : note
}
