import { csvCell } from '../../csv'
import { type LabelValue, labelsJson } from '../compose/label-values'
import type { CaseRecord } from './case-journal.node.ts'
import type { CaseTotals } from './case-totals'

const json = JSON.stringify

/**
 * `dataset.json` of nnU-Net v2. For keys and their meaning see documentation/dataset_format.md of MIC-DKFZ/nnUNet.
 * Channel names determine how images are normalised; these names select z-scores.
 */
export const datasetJson = (
  name: string,
  values: readonly LabelValue[],
  { channels, training }: CaseTotals,
): string => `{
 "name": ${json(name)},
 "channel_names": ${json(channels === 3 ? { 0: 'R', 1: 'G', 2: 'B' } : { 0: 'grey' })},
 "labels": ${labelsJson(values)},
 "numTraining": ${training},
 "file_ending": ".png",
 "overwrite_image_reader_writer": "NaturalImage2DIO"
}
`

/** `labels.json` of a folder for MedSAM, in the shape of nnU-Net's `labels`. */
export const labelsText = (values: readonly LabelValue[]): string => `${labelsJson(values)}\n`

/**
 * Whether `splits_final.json` can be made. It needs folds, or images in train and val. Without the file, nnU-Net draws
 * splits itself, by image.
 */
export const hasSplitsFile = ({ folds, splits }: CaseTotals): boolean =>
  folds > 1 || ((splits.train ?? 0) > 0 && (splits.val ?? 0) > 0)

/** `splits_final.json`: an object per fold with the identifiers of its cases. Each list reads the records again. */
export async function* splitsText(
  records: () => AsyncIterable<CaseRecord>,
  { folds }: CaseTotals,
): AsyncGenerator<string> {
  const isVal = ({ split, fold }: CaseRecord, nth: number) =>
    folds > 1 ? fold === nth : split === 'val'
  const last = Math.max(folds, 1)
  yield '['
  for (let nth = 1; nth <= last; nth++) {
    for (const part of ['train', 'val'] as const) {
      yield part === 'train' ? '{"train": [' : '], "val": ['
      let before = ''
      for await (const record of records()) {
        if (record.without !== null || record.split === 'test') continue
        if (isVal(record, nth) !== (part === 'val')) continue
        yield `${before}\n${json(record.stem)}`
        before = ','
      }
    }
    yield nth < last ? ']},\n' : ']}'
  }
  yield ']\n'
}

/** `fixed.csv`: each file with a known defect, and the repair. */
export async function* fixedText(records: AsyncIterable<CaseRecord>): AsyncGenerator<string> {
  yield 'path,fix\n'
  for await (const { fixed } of records)
    for (const { path, what } of fixed) yield `${csvCell(path)},${csvCell(what)}\n`
}
