import { UserError } from '../../errors'
import { listOf } from './list-of'

/**
 * Which label a pixel gets if masks of several labels cover it.
 * - `smaller-on-top`: that of the mask with fewer pixels; for equal sizes, that of the mask whose path comes later.
 * - `order`: the label that comes later in the list, as in nnU-Net's `regions_class_order`.
 * - `refuse`: such a pixel is an error.
 */
export type OverlapRule =
  | { readonly kind: 'smaller-on-top' }
  | { readonly kind: 'order'; readonly labels: readonly string[] }
  | { readonly kind: 'refuse' }

/**
 * Read an overlap rule.
 *
 * @param text `smaller-on-top`, `refuse`, or `order=a,b,c`.
 * @param labels All labels to compose. An order must list each of them exactly once, and no others.
 * @throws UserError that says what is wrong.
 */
export function parseOverlapRule(text: string, labels: readonly string[]): OverlapRule {
  if (text === 'smaller-on-top' || text === 'refuse') return { kind: text }
  if (!text.startsWith('order='))
    throw new UserError(
      `--overlap-rule ${text}: unknown rule; expected smaller-on-top, refuse, or order=LABEL,LABEL,… (later labels on top)`,
      2,
    )
  const order = text.slice('order='.length).split(',')
  const wrong = (what: string) => new UserError(`--overlap-rule ${text}: ${what}`, 2)
  const unknown = order.filter(label => !labels.includes(label))
  if (unknown.length > 0)
    throw wrong(`no mask has the label ${listOf(unknown)}; the labels are ${listOf(labels)}`)
  const twice = order.find((label, i) => order.indexOf(label) !== i)
  if (twice !== undefined) throw wrong(`has ${twice} twice`)
  const left = labels.filter(label => !order.includes(label))
  if (left.length > 0) throw wrong(`lacks ${listOf(left)}; name every label`)
  return { kind: 'order', labels: order }
}

/** The rule as text for the option. */
export const overlapRuleText = (rule: OverlapRule): string =>
  rule.kind === 'order' ? `order=${rule.labels.join(',')}` : rule.kind
