import type { TopLevelSpec } from 'vega-lite'
import { figureBase, INK, MUTED, WIDTH } from './look'

const ROW = 22
const LEFT = 150

/**
 * A table as a picture: the first column is left-aligned, numbers are right-aligned, with a rule below the head.
 */
export function textTable(
  head: readonly string[],
  body: readonly (readonly string[])[],
): TopLevelSpec {
  const step = (WIDTH - LEFT) / (head.length - 1)
  const x = (column: number) => (column === 0 ? 0 : LEFT + column * step)
  const cells = [head, ...body].flatMap((row, line) =>
    row.map((text, column) => ({
      text,
      x: x(column),
      y: line * ROW + ROW / 2,
      side: column === 0 ? 'left' : 'right',
      weight: line === 0 || line === body.length ? 'head' : 'body',
    })),
  )
  const rule = (line: number) => ({
    data: { values: [{}] },
    mark: { type: 'rule' as const, color: MUTED },
    encoding: { x: { value: 0 }, x2: { value: WIDTH }, y: { value: line * ROW } },
  })
  const texts = (side: 'left' | 'right', weight: 'head' | 'body') => ({
    transform: [{ filter: `datum.side === '${side}' && datum.weight === '${weight}'` }],
    mark: {
      type: 'text' as const,
      align: side,
      baseline: 'middle' as const,
      color: INK,
      fontSize: 12,
      fontWeight: weight === 'head' ? (600 as const) : (400 as const),
    },
    encoding: {
      x: { field: 'x', type: 'quantitative' as const, scale: null, axis: null },
      y: { field: 'y', type: 'quantitative' as const, scale: null, axis: null },
      text: { field: 'text', type: 'nominal' as const },
    },
  })
  return {
    ...figureBase,
    width: WIDTH,
    height: (body.length + 1) * ROW,
    data: { values: cells },
    layer: [
      rule(1),
      rule(body.length),
      ...(['left', 'right'] as const).flatMap(side => [texts(side, 'head'), texts(side, 'body')]),
    ],
  }
}
