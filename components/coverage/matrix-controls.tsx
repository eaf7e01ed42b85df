import type { MatrixMeasure, MatrixSort } from '../../lib/charts/coverage-matrix'
import { SegmentedSwitch } from '../charts/segmented-switch'
import { MATRIX_KIND_NAMES, MATRIX_KINDS, type MatrixKindName } from './matrix-kinds'

/** What the matrix shows. Not part of the filter, so it is not in the URL. */
export interface MatrixView {
  readonly kind: MatrixKindName
  readonly measure: MatrixMeasure
  readonly sort: MatrixSort
}

export function MatrixControls({
  view,
  onChange,
}: {
  view: MatrixView
  onChange: (change: Partial<MatrixView>) => void
}) {
  return (
    <>
      <SegmentedSwitch
        legend="Rows and columns"
        options={MATRIX_KIND_NAMES.map(kind => [kind, MATRIX_KINDS[kind].title])}
        value={view.kind}
        onChange={kind => onChange({ kind })}
      />
      {/* A mask has one label, so pairs of labels only count images. */}
      {view.kind !== 'label' && (
        <SegmentedSwitch
          legend="Count"
          options={[
            ['images', 'Images'],
            ['masks', 'Masks'],
          ]}
          value={view.measure}
          onChange={measure => onChange({ measure })}
        />
      )}
      <SegmentedSwitch
        legend="Order"
        options={[
          ['count', 'By count'],
          ['name', 'By name'],
        ]}
        value={view.sort}
        onChange={sort => onChange({ sort })}
      />
    </>
  )
}
