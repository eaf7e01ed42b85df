import { countOf, formatCount, formatMean, nounOf } from '../lib/format'
import { leakageText } from '../lib/subset/leakage-text'
import { PUBLISHED, type SplitPart, type SplitReport } from '../lib/subset/split-report'

/** A split in words, a line each. */
export const splitLines = (report: SplitReport): string[] => [
  ...report.splits.map(partLine),
  ...report.folds.map(
    ({ fold, images, patients }) =>
      `  fold ${fold}: ${countOf(images, 'image')}, ${countOf(patients, 'patient')}`,
  ),
  ...(report.leftOut > 0 ? [`  left out, in no split: ${countOf(report.leftOut, 'image')}`] : []),
  `  ${leakageText(report)}`,
  ...(report.algorithm === PUBLISHED
    ? []
    : [`  drawn by ${report.algorithm}, split by ${report.by}`]),
  ...report.warnings.map(warning => `  warning: ${warning}`),
]

function partLine({ split, images, asked, patients, cases, imagesPerPatient }: SplitPart): string {
  const requested = asked === null ? '' : ` of ${formatCount(asked)} requested`
  const sizes = imagesPerPatient
    ? `; images per patient: median ${formatMean(imagesPerPatient.median)}, quartiles ${formatMean(imagesPerPatient.q1)} and ${formatMean(imagesPerPatient.q3)}`
    : ''
  return `  ${split.padEnd(5)} ${formatCount(images).padStart(10)} ${nounOf(images, 'image')}${requested}, ${countOf(patients, 'patient')}, ${countOf(cases, 'case')}${sizes}`
}
