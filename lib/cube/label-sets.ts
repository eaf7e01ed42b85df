/** The label sets, indexed both ways: the labels of a set, and the sets with a label. */
export interface LabelSets {
  /** Number of sets, including the empty one. */
  readonly count: number
  /** Labels of set s are at `bySet.starts[s]` to `bySet.starts[s + 1]`, exclusive. */
  readonly bySet: { readonly starts: Uint32Array; readonly labels: Uint16Array }
  /** Sets with label l are at `byLabel.starts[l]` to `byLabel.starts[l + 1]`, exclusive. */
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

/** Sort values by key; values of one key keep their order. */
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
