import { expect, test } from 'vitest'
import { count, type Source } from '../../lib/cube/count'
import { labelSetsOf } from '../../lib/cube/cube'
import { emptyRows, indexMasks } from '../../lib/cube/rows'
import { EMPTY_FILTER, withAll, withValues } from '../../lib/filter/filter'

const LABELS = 40
const names = Array.from({ length: LABELS }, (_, id) => `label ${id}`)

/** One image with a mask of each label, and one that lacks the last label. */
function source(): Source {
  const masks = [...names.keys(), ...names.keys()].slice(0, 2 * LABELS - 1)
  const rows = emptyRows(2, masks.length)
  rows.images.masks.set([LABELS, LABELS - 1])
  rows.masks.label.set(masks)
  indexMasks(rows)
  const zero = new Uint8Array(1)
  const none = { cell: new Uint32Array(0), images: new Uint32Array(0), masks: new Uint32Array(0) }
  const meaning = { organ: null, region: null, is_lesion: false, is_union: false, side: null }
  return {
    rows,
    cube: {
      cells: {
        ...{ dataset: new Uint16Array(1), submodality: zero, axis: zero },
        ...{ width: zero, height: zero, aspect: zero, masks: zero },
      },
      images: { ...none, set: none.cell, sized: none.cell, bytes: new Float64Array(0) },
      labels: { ...none, label: new Uint16Array(0) },
      areas: { ...none, label: new Uint16Array(0), area: new Uint8Array(0) },
      sets: labelSetsOf([], [], 1),
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
  const { totals } = count(source(), withAll(wanted, 'label', true), false)
  expect(totals).toMatchObject({ images, masks: images * asked })
})
