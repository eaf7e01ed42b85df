import type { MatrixMeasure, MatrixSort } from '../../lib/charts/coverage-matrix'
import { FrameButton } from '../charts/chart-frame'
import { MATRIX_KIND_NAMES, MATRIX_KINDS, type MatrixKindName } from './matrix-kinds'

/** What the matrix shows: not part of the filter, so not of the URL. */
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
      <Switch
        legend="Rows and columns"
        options={MATRIX_KIND_NAMES.map(kind => [kind, MATRIX_KINDS[kind].title])}
        value={view.kind}
        onChange={kind => onChange({ kind })}
      />
      {/* A mask has one label, so pairs of labels only count images. */}
      {view.kind !== 'label' && (
        <Switch
          legend="What is counted"
          options={[
            ['images', 'Images'],
            ['masks', 'Masks'],
          ]}
          value={view.measure}
          onChange={measure => onChange({ measure })}
        />
      )}
      <Switch
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

function Switch<Value extends string>({
  legend,
  options,
  value,
  onChange,
}: {
  legend: string
  options: readonly (readonly [Value, string])[]
  value: Value
  onChange: (value: Value) => void
}) {
  return (
    <fieldset className="flex flex-wrap border-r border-line pr-2">
      <legend className="sr-only">{legend}</legend>
      {options.map(([one, title]) => (
        <FrameButton key={one} pressed={value === one} onClick={() => onChange(one)}>
          {title}
        </FrameButton>
      ))}
    </fieldset>
  )
}
