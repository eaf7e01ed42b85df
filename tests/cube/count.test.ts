import { expect, test } from 'vitest'
import { UNKNOWN_BIN } from '../../lib/cube/cells'
import { count } from '../../lib/cube/count'
import { labelSetsOf } from '../../lib/cube/label-sets'
import { emptyRows, indexMasks, kindOf } from '../../lib/cube/rows'
import type { Source } from '../../lib/cube/source'
import { EMPTY_FILTER, withAll, withValues } from '../../lib/filter/filter'
import { forEachAttribute } from '../../lib/manifest/image-attributes'

const LABELS = 40
const names = Array.from({ length: LABELS }, (_, id) => `label ${id}`)

/** One image with a mask of each label, and one that lacks the last label. */
function source(): Source {
  const sets = [[...names.keys()], [...names.keys()].slice(0, -1)]
  const rows = emptyRows(2, 2 * LABELS - 1, LABELS)
  rows.images.group.set([0, 1])
  rows.masks.kind.set(sets.flat().map(label => kindOf(label, UNKNOWN_BIN)))
  rows.starts.set([0, LABELS, LABELS - 1])
  indexMasks(rows)
  const meaning = { organ: null, region: null, is_lesion: false, is_union: false, side: null }
  const none = { starts: new Uint32Array(2), label: new Uint16Array(0), masks: new Uint32Array(0) }
  const ones = Uint32Array.of(1, 1)
  return {
    rows: {
      ...rows,
      cases: {
        first: Uint32Array.of(0, 1),
        id: Uint32Array.of(0, 1),
        patient: Uint32Array.of(0, 1),
      },
    },
    cube: {
      cells: forEachAttribute(() => new Uint8Array(1)),
      images: {
        starts: Uint32Array.of(0, 2),
        cell: Uint32Array.of(0, 0),
        set: Uint32Array.of(0, 1),
        images: ones,
        masks: Uint32Array.of(LABELS, LABELS - 1),
        sized: new Uint32Array(2),
        bytes: new Float64Array(2),
      },
      labels: { ...none, images: none.masks },
      areas: { ...none, area: new Uint8Array(0) },
      sets: labelSetsOf(
        sets.flatMap((labels, set) => labels.map(() => set)),
        sets.flat(),
        2,
      ),
    },
    dimensions: {
      datasets: [{ dataset_id: 0, dataset: 'A', structures: null, is_released: null }],
      submodalities: [{ submodality_id: 0, submodality: 'ct_00', modality: 'CT' }],
      labels: names.map((label, label_id) => ({ label_id, label, ...meaning })),
    },
  }
}

// More than a word has bits, exactly as many, and one.
test.each([
  [LABELS, 1],
  [LABELS - 1, 2],
  [33, 2],
  [32, 2],
  [1, 2],
])('asked for all of %i labels, %i images have them', (asked, images) => {
  const wanted = withValues(EMPTY_FILTER, 'label', names.slice(0, asked))
  const { totals } = count(source(), withAll(wanted, 'label', true))
  expect(totals).toMatchObject({ images, masks: images * asked })
})
