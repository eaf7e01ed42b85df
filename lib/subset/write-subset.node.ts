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

/** A selected subset that can be written in any format. */
export interface OpenSubset {
  readonly recipe: Recipe
  /** Names of the datasets of the images, in order. */
  readonly datasets: readonly string[]
  /** Names of the labels of the masks in all splits, in order. */
  readonly labels: readonly string[]
  /** Counts before any split; null unless the subset is sampled per label or organ. */
  readonly sampled: SampleReport | null
  /** Report on all splits; null without a split. */
  readonly split: SplitReport | null
  /** Why the requested split was refused; null if it was not. After a refusal the subset is not split. */
  readonly refusal: Refusal | null
  /** As `subsetSql`. */
  sql(): string | null
  /** Counts on the first call and caches the result. */
  cost(): Promise<SubsetCost>
  /**
   * The text in a format, or as the index of a release, in pieces. Every call gives the same text.
   *
   * @param onImages Called with the number of images done.
   * @param store Source of mask pixels for COCO. Without a store, COCO has only boxes.
   */
  text(
    format: TextFormat | 'index',
    onImages?: (images: number) => void,
    store?: ImageStore | null,
  ): AsyncIterable<string>
  /**
   * Write the subset as `text` or Parquet. The file is either complete or absent.
   *
   * @returns What the format omits; null if nothing.
   */
  write(
    format: FormatName,
    path: string,
    onImages?: (images: number) => void,
    store?: ImageStore | null,
  ): Promise<Omitted | null>
}

/** The parts of an opened manifest that a subset needs. */
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
 * @param only Count and write only this split. The report covers all splits.
 * @param fold The fold that is used as val. The other folds are train.
 * @param pairs What is known about overlapping datasets.
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
  // Labels are read before a split is chosen, so that a label has the same number in the files of all splits.
  const labels = await labelsOf(engine)
  if (split && fold !== null) await takeFold(engine, fold)
  if (split && only) await keepSplits(engine, [only])
  const datasets = await datasetsOf(engine)
  const hasSplits = split !== null
  const folds = fold === null ? (split?.folds.length ?? 0) : 0
  let counting: Promise<SubsetCost> | undefined
  const cost = () => {
    counting ??= subsetCost(engine, manifest).catch(error => {
      // After an error, the next call counts again.
      counting = undefined
      throw error
    })
    return counting
  }
  /** Fill `format_masks` for a format, and return what it omits. */
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
    // Collects what only the pixels show, because it was not measured.
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

/** Maximum number of omitted masks in a message. */
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
    // Only passes with masks report progress: each image is in one of them, and they take most of the time.
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
