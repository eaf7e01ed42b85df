import { ORGANS } from '../taxonomy/organs'
import { exactly, type Figure, unknown } from './figure'
import { type Line, lineOf } from './line'
import { TOTALS } from './published'
import { type Circumstances, reasonsOf } from './reasons'
import type { LedgerSource } from './source'

/** The numbers of the headline, one per line. Numbers on other pages link to the ids as anchors. */
export function totalLines(source: LedgerSource, circumstances: Circumstances): Line[] {
  const { totals, facets } = source.summary
  const present = (facet: string) => (facets[facet] ?? []).filter(({ images }) => images > 0)
  const line = (id: keyof typeof TOTALS, name: string, value: number | Figure): Line => {
    const one = lineOf(id, name, id, TOTALS[id], value)
    return { ...one, reasons: reasonsOf(one, circumstances) }
  }
  const labels = line('labels', 'Label names', totals.labels)
  return [
    line('images', 'Images', totals.images),
    line('masks', 'Masks', totals.masks),
    line('files', 'PNG files', totals.images + totals.masks),
    line('datasets', 'Source datasets', totals.datasets),
    line('modalities', 'Modalities', present('modality').length),
    line('submodalities', 'Prefixes of file names', present('submodality').length),
    line('organs', 'Organs', exactly(totals.organs, organNote(present('organ')))),
    { ...labels, reasons: labelReasons(labels, circumstances) },
    line('patients', 'Patients', totals.patients),
    line('cases', 'Cases', totals.cases),
    line(
      'bytes',
      'Bytes of images as PNG',
      totals.sizedImages === totals.images
        ? totals.bytes
        : unknown('the manifest does not list the size of every image'),
    ),
  ]
}

/** Note on organs of the paper that have no mask. */
function organNote(present: readonly { readonly value: string }[]): string | undefined {
  const names = new Set(present.map(({ value }) => value))
  const missing = ORGANS.map(({ organ }) => organ).filter(organ => !names.has(organ))
  return missing.length === 0 ? undefined : `no mask of: ${missing.join(', ')}`
}

/** Two numbers of labels are published, so only a number that differs from both needs further reasons. */
function labelReasons(line: Line, circumstances: Circumstances): Line['reasons'] {
  const unlike = { ...line, releaseToPaper: UNKNOWN, toPaper: UNKNOWN }
  return ['label-counts', ...reasonsOf(unlike, circumstances)]
}

const UNKNOWN = { kind: 'unknown' } as const
