import { formatCount } from '../format'
import { type BarRow, type BarRowsOptions, barRowsSpec, solidBar, textColumn } from './bar-rows'
import { type Chart, tooltipOf } from './base'
import { type ChartTheme, DATA_COLOR } from './colors'

export interface AnswerBar extends BarRow {
  readonly amount: number
  readonly amountText: string
}

/** Maximum number of bars; with more rows, the table is easier to read. */
export const MOST_BARS = 40

/**
 * Bars of the first rows of an answer: one column has their names, another their lengths.
 *
 * @param rows Name and amount (not negative) of each row, in the order to show; names differ.
 */
export function answerBars(
  rows: readonly { readonly name: string; readonly amount: number }[],
  { noun, measure }: { readonly noun: string; readonly measure: string },
  theme: ChartTheme,
): Chart<AnswerBar> {
  const bars = rows.slice(0, MOST_BARS).map(
    ({ name, amount }): AnswerBar => ({
      value: name,
      pickedValue: null,
      color: DATA_COLOR,
      opacity: 1,
      amount,
      amountText: Number.isInteger(amount) ? formatCount(amount) : String(amount),
    }),
  )
  const look: BarRowsOptions = {
    theme,
    scale: 'linear',
    compact: false,
    step: 20,
    axisTitle: measure,
    max: bars.reduce((most, bar) => Math.max(most, bar.amount), 0),
    tooltip: tooltipOf({ value: noun, amountText: measure }, {}),
  }
  const spec = barRowsSpec(
    bars.map(bar => bar.value),
    look,
    [solidBar('amount', look), textColumn('amountText', 130, theme.text)],
  )
  return { spec, rows: bars }
}
