/** The label sets both ways: labels are asked of few sets, and sets of few labels, at a time. */
export interface LabelSets {
  /** Number of sets, the empty one included. */
  readonly count: number
  /** Labels of set s are at `bySet.starts[s]` up to, not with, `bySet.starts[s + 1]`. */
  readonly bySet: { readonly starts: Uint32Array; readonly labels: Uint16Array }
  /** Sets with label l are at `byLabel.starts[l]` up to, not with, `byLabel.starts[l + 1]`. */
  readonly byLabel: { readonly starts: Uint32Array; readonly sets: Uint32Array }
}

/**
 * Rows (label_set_id, label_id) → label sets. A set without a row is empty.
 *
 * @param count One more than the highest set id of the images.
 */
export function labelSetsOf(
  setIds: ArrayLike<number>,
  labelIds: ArrayLike<number>,
  count: number,
): LabelSets {
  let labels = 0
  for (let row = 0; row < labelIds.length; row++)
    labels = Math.max(labels, (labelIds[row] as number) + 1)
  const bySet = { starts: new Uint32Array(count + 1), labels: new Uint16Array(labelIds.length) }
  const byLabel = { starts: new Uint32Array(labels + 1), sets: new Uint32Array(setIds.length) }
  distribute(setIds, labelIds, bySet.starts, bySet.labels)
  distribute(labelIds, setIds, byLabel.starts, byLabel.sets)
  return { count, bySet, byLabel }
}

/** Put values together by key, those of a key in their order. */
function distribute(
  keys: ArrayLike<number>,
  values: ArrayLike<number>,
  starts: Uint32Array,
  target: Uint16Array | Uint32Array,
) {
  for (let row = 0; row < keys.length; row++) {
    const after = (keys[row] as number) + 1
    starts[after] = (starts[after] as number) + 1
  }
  for (let key = 0; key + 1 < starts.length; key++)
    starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number)
  const next = starts.slice()
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row] as number
    const place = next[key] as number
    target[place] = values[row] as number
    next[key] = place + 1
  }
}
