import { countOf } from '../format'
import type { Axis } from '../manifest/tables'
import { WORD_OF_AXIS } from './axis-words'
import { axisPlane, type Plane } from './known-axes'

/** What slices along an axis are called in one dataset or in several. */
export interface AxisSummary {
  /** "x · axial"; with a question mark if the name is presumed in all of them; "x" if no dataset has a name for it. */
  readonly text: string
  /** How far the name goes, where it is not that of all: "in 20 datasets", "short-axis in ACDC". */
  readonly note?: string
  /** Which datasets call it what, and how that is known. */
  readonly doc?: string
}

/** Datasets that are named before the rest is counted. */
const NAMED = 6

/** The datasets in which an axis has a name. */
interface Named {
  readonly plane: Plane
  readonly presumed: boolean
  readonly datasets: readonly string[]
}

/** The names of an axis by datasets: the axis's own word first, seen before presumed. */
export function axisNames(axis: Axis, datasets: readonly string[]): Named[] {
  const groups = new Map<string, { plane: Plane; presumed: boolean; datasets: string[] }>()
  for (const dataset of datasets) {
    const found = axisPlane(dataset, axis)
    if (!found) continue
    const key = `${found.plane} ${found.presumed}`
    const group = groups.get(key)
    if (group) group.datasets.push(dataset)
    else groups.set(key, { ...found, datasets: [dataset] })
  }
  const word = axis === '2d' ? undefined : WORD_OF_AXIS[axis]
  return [...groups.values()].sort(
    (a, b) =>
      Number(b.plane === word) - Number(a.plane === word) ||
      (a.plane < b.plane ? -1 : a.plane > b.plane ? 1 : Number(a.presumed) - Number(b.presumed)),
  )
}

/**
 * The name of an axis, as far as the datasets have one.
 *
 * @param datasets Those that are selected, also ones without slices.
 */
export function axisSummary(axis: Axis, datasets: readonly string[]): AxisSummary {
  const names = axisNames(axis, datasets)
  const first = names[0]
  if (!first) return { text: axis }
  const same = names.filter(({ plane }) => plane === first.plane)
  const others = names.filter(({ plane }) => plane !== first.plane)
  const isAllKnown = countIn(names) === datasets.length
  const presumed = same.every(group => group.presumed)
  const lines = names.map(
    ({ plane, presumed, datasets }) =>
      `${plane}, ${presumed ? 'presumed' : 'seen'}: ${listed(datasets)}`,
  )
  return {
    text: `${axis} · ${first.plane}${presumed ? '?' : ''}`,
    note: isAllKnown ? exceptions(others) : `in ${countOf(countIn(same), 'dataset')}`,
    doc: `${[...lines, ...(isAllKnown ? [] : ['of other datasets it is not known'])].join('; ')}.`,
  }
}

const countIn = (names: readonly Named[]) =>
  names.reduce((n, { datasets }) => n + datasets.length, 0)

/** "short-axis in ACDC"; undefined without other names. */
function exceptions(others: readonly Named[]): string | undefined {
  const planes = [...new Set(others.map(({ plane }) => plane))]
  const texts = planes.map(plane => {
    const datasets = others.flatMap(one => (one.plane === plane ? one.datasets : []))
    return `${plane} in ${datasets.length === 1 ? datasets[0] : countOf(datasets.length, 'dataset')}`
  })
  return texts.length === 0 ? undefined : texts.join(', ')
}

const listed = (names: readonly string[]) =>
  names.length <= NAMED + 1
    ? names.join(', ')
    : `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`
