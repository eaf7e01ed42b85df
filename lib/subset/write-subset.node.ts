import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UserError } from '../errors'
import type { ImageStore } from '../images/image-store'
import { readDimensions } from '../queries/dimensions'
import { retryLocked } from '../retry-locked.node.ts'
import { OVERLAP_PAIRS, type OverlapPair } from '../split/overlap-pairs'
import type { OpenManifest } from '../store/open-manifest.node.ts'
import {
  datasetsOf,
  labelsOf,
  modalitiesOf,
  type SubsetCost,
  subsetCost,
  trainingImagesOf,
} from './cost.node.ts'
import { FORMATS, type FormatName, type TextFormat } from './formats'
import { type Pass, passText, type SubsetFacts } from './formats/writer'
import { WRITERS } from './formats/writers'
import { type FoundMasks, type PixelSource, withPixels } from './mask-pixels.node.ts'
import { type Omitted, omitOddMasks } from './odd-masks.node.ts'
import type { Recipe, SplitName } from './recipe'
import type { Refusal } from './refusal'
import { type SubsetSource, subsetBatches } from './rows.node.ts'
import { selectSubset } from './select.node.ts'
import type { SampleReport } from './shared-sample.node.ts'
import type { SplitReport } from './split-report'
import { keepSplits, splitSubset, takeFold } from './split-subset.node.ts'
import { subsetSql } from './subset-sql'
import { writeParquet } from './write-parquet.node.ts'

/** A subset that is selected, and can be written in any format. */
export interface OpenSubset {
  readonly recipe: Recipe
  /** Names of the datasets of its images, in order. */
  readonly datasets: readonly string[]
  /** Names of the labels of its masks, in all splits, in order. */
  readonly labels: readonly string[]
  /** Before any split; null unless it is sampled per label or organ. */
  readonly sampled: SampleReport | null
  /** Of all splits; null without. */
  readonly split: SplitReport | null
  /** Why the split that the recipe asks for was refused: the subset is then not split. */
  readonly refusal: Refusal | null
  /** As `subsetSql`. */
  sql(): string | null
  /** Counted when it is asked for, once. */
  cost(): Promise<SubsetCost>
  /**
   * Its text in a format, or as the index of a release, in pieces; the same each time.
   *
   * @param onImages Told how many images are done.
   * @param store Where COCO has the pixels of masks from; without one it has boxes alone.
   */
  text(
    format: TextFormat | 'index',
    onImages?: (images: number) => void,
    store?: ImageStore | null,
  ): AsyncIterable<string>
  /**
   * Write it, as `text` or Parquet; the file is whole or not there.
   *
   * @returns What the format leaves out; null if it has everything.
   */
  write(
    format: FormatName,
    path: string,
    onImages?: (images: number) => void,
    store?: ImageStore | null,
  ): Promise<Omitted | null>
}

/** What a subset needs of an opened manifest. */
type SubsetOf = Pick<OpenManifest, 'engine'> & {
  readonly manifest: Pick<
    OpenManifest['manifest'],
    'id' | 'name' | 'simulated' | 'files' | 'archive'
  > &
    Partial<Pick<OpenManifest['manifest'], 'summary'>>
}

/**
 * Select a subset in an opened manifest.
 *
 * @param only Only what is in this split is counted, and written. The report is of all splits.
 * @param fold The fold that is val; the other folds are train.
 * @param pairs What is known of overlapping datasets.
 * @throws UserError for a filter that the manifest does not understand.
 */
export async function openSubset(
  { engine, manifest }: SubsetOf,
  recipe: Recipe,
  only: SplitName | null = null,
  fold: number | null = null,
  pairs: readonly OverlapPair[] = OVERLAP_PAIRS,
): Promise<OpenSubset> {
  const dimensions = await readDimensions(engine)
  const sampled = await selectSubset(engine, dimensions, recipe)
  const hasDuplicates = 'duplicates' in manifest.files
  const found = await splitSubset(engine, recipe, pairs, hasDuplicates)
  const [split, refusal] = found && 'reason' in found ? [null, found] : [found, null]
  // A label has the same number in the files of all splits.
  const labels = await labelsOf(engine)
  if (split && fold !== null) await takeFold(engine, fold)
  if (split && only) await keepSplits(engine, [only])
  const datasets = await datasetsOf(engine)
  const hasSplits = split !== null
  const folds = fold === null ? (split?.folds.length ?? 0) : 0
  let counting: Promise<SubsetCost> | undefined
  const cost = () => {
    counting ??= subsetCost(engine, manifest).catch(error => {
      // Whoever asks again has it counted again.
      counting = undefined
      throw error
    })
    return counting
  }
  /** What a format leaves out, once `format_masks` has the rest. */
  const omit = async (format: FormatName | 'index'): Promise<Omitted | null> =>
    format !== 'index' && FORMATS[format].omits.oddMasks ? omitOddMasks(engine, manifest) : null
  async function* text(
    format: TextFormat | 'index',
    onImages: (images: number) => void = () => {},
    store: ImageStore | null = null,
    onOmitted: (omitted: Omitted) => void = () => {},
  ) {
    if (refusal) throw new UserError(refusal.reason)
    const { name, id, simulated } = manifest
    const facts: SubsetFacts = {
      name: recipe.name,
      manifest: { name, id, simulated },
      labels,
      modalities: await modalitiesOf(engine),
      training: await trainingImagesOf(engine, hasSplits),
      hasSplits,
      folds,
      hasPixels: store !== null,
    }
    const omitted = await omit(format)
    const isAll = !omitted || omitted.emptyMasks + omitted.wrongSizeMasks === 0
    const masks = isAll ? 'subset_masks' : 'format_masks'
    const source: SubsetSource = { engine, dimensions, hasSplits, masks }
    // What measuring did not know is found in the pixels.
    const found: FoundMasks = { wrongSize: [], empty: 0 }
    yield* textOf(WRITERS[format](facts), source, store && { store, found }, onImages)
    if (omitted)
      onOmitted({
        ...omitted,
        emptyMasks: omitted.emptyMasks + found.empty,
        wrongSizeMasks: omitted.wrongSizeMasks + found.wrongSize.length,
        first: [...omitted.first, ...found.wrongSize].slice(0, MOST_NAMED),
      })
  }
  return {
    recipe,
    datasets,
    labels,
    sampled,
    split,
    refusal,
    cost,
    text,
    sql: () => subsetSql(recipe, dimensions, manifest),
    async write(format, path, onImages = () => {}, store = null) {
      const partial = `${path}.partial-${process.pid}`
      let omitted: Omitted | null = null
      try {
        if (refusal) throw new UserError(refusal.reason)
        if (format === 'parquet') {
          await writeParquet(engine, partial, { hasSplits, folds }, onImages)
        } else {
          const pieces = Readable.from(
            text(format, onImages, store, found => {
              omitted = found
            }),
          )
          await pipeline(pieces, createWriteStream(partial))
        }
        await retryLocked(() => rename(partial, path))
        return omitted
      } catch (error) {
        await rm(partial, { force: true })
        throw error
      }
    },
  }
}

/** Masks that are named where they are left out. */
const MOST_NAMED = 3

async function* textOf(
  passes: readonly Pass[],
  source: SubsetSource,
  pixels: PixelSource | null,
  onImages: (images: number) => void,
): AsyncGenerator<string> {
  let done = 0
  const told = (images: number) => {
    done += images
    onImages(done)
  }
  for (const pass of passes) {
    const rows = subsetBatches(source, pass)
    const batches = pass.needs === 'pixels' && pixels ? withPixels(rows, pixels) : rows
    // Each image is in one pass with masks, and that is the one that takes time.
    yield* passText(pass, pass.needs === 'images' ? batches : counted(batches, told))
  }
}

async function* counted<Item>(
  batches: AsyncIterable<readonly Item[]>,
  tell: (items: number) => void,
): AsyncGenerator<readonly Item[]> {
  for await (const batch of batches) {
    yield batch
    tell(batch.length)
  }
}
