import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { crc32 } from '../../archive/crc32.node.ts'
import { ahead } from '../../async/ahead'
import { UserError } from '../../errors'
import { composeCase } from '../compose/compose-case.node.ts'
import type { LabelValue } from '../compose/label-values'
import type { OverlapRule } from '../compose/overlap-rule'
import { CaseJournal, type CaseRecord, type WrittenFile } from './case-journal.node.ts'
import type { CaseLayout } from './case-layout'
import { datasetJson, fixedText, hasSplitsFile, labelsText, splitsText } from './case-texts'
import { type CaseTotals, totalsOf } from './case-totals'
import { assertRoom } from './disk-room.node.ts'
import { lockFetch } from './fetch-lock.node.ts'
import { LOCK_FILE, writeCompanions, writeWhole } from './folder-sink.node.ts'
import { type CaseFacts, factsOf } from './sample'
import type { Batch, Companion, Sink, WantedFile } from './sink'
import { readSamples, type Sample, stageSamples } from './stage-samples.node.ts'
import type { Wanted } from './wanted'

export interface CaseOptions {
  readonly layout: CaseLayout
  /** Name of the dataset. */
  readonly name: string
  /** What the dataset is made of, as text. A folder of another dataset is refused. */
  readonly run: string
  /** Facts about the images as lines of `jsonl`. */
  readonly lines: () => AsyncIterable<string>
  readonly companions: readonly Companion[]
  readonly values: readonly LabelValue[]
  readonly rule: OverlapRule
  readonly fixKnown: boolean
  readonly forceColor: boolean
  /** Finish even if pictures are missing. Their images are left out. */
  readonly allowMissing: boolean
}

/** A sink that composes label maps, with totals of the result. */
export interface CaseSink extends Sink {
  /** Null until the dataset is complete. */
  totals(): CaseTotals | null
}

/** Batch limits. The files of a batch are held in memory. */
const BATCH_SAMPLES = 1_000
const BATCH_BYTES = 96 << 20

/** Number of images that are composed at the same time. */
const COMPOSED = 2

const JOURNAL = 'cases.jsonl'

/**
 * A folder of images and label maps for a training program. Complete pictures are renamed to their final names.
 * `layout.last` is written when all pictures exist.
 */
export function caseSink(out: string, wanted: Wanted, options: CaseOptions): CaseSink {
  const { layout, values } = options
  const journal = new CaseJournal(wanted.engine, join(out, JOURNAL), options.run)
  let unlock = async () => {}
  let samples = 0
  let incomplete = 0
  let totals: CaseTotals | null = null
  const composer = new Composer(out, journal, options)
  return {
    out,
    totals: () => totals,
    async open() {
      await mkdir(out, { recursive: true })
      unlock = await lockFetch(join(out, LOCK_FILE), out)
      await assertOwn(out, layout)
      await journal.open(out)
      for (const name of [layout.last, 'splits_final.json'])
        await rm(join(out, name), { force: true })
      samples = await stageSamples(wanted, options.lines())
      await assertRoom(out, { bytes: wanted.bytes, files: 2 * samples }, async () => ({
        bytes: 0,
        files: 0,
      }))
      await writeCompanions(out, options.companions)
    },
    async *batches() {
      let held: Sample[] = []
      let bytes = 0
      for await (const sample of readSamples(wanted, 0, samples - 1)) {
        if (sample.lost.length > 0) {
          incomplete++
          continue
        }
        held.push(sample)
        bytes += sample.files.reduce((sum, { file }) => sum + file.bytes, 0)
        if (held.length < BATCH_SAMPLES && bytes < BATCH_BYTES) continue
        yield await composer.batch(held)
        held = []
        bytes = 0
      }
      if (held.length > 0) yield await composer.batch(held)
    },
    async finish(failed) {
      if (failed > 0 || (incomplete > 0 && !options.allowMissing)) return
      await journal.reload(out)
      const records = () => journal.records()
      const found = await totalsOf(records(), values)
      if (found.images === 0)
        throw new UserError(
          `${out}: no image has a mask that can be used (${found.firstLeftOut[0]})`,
        )
      const text = (name: string, content: () => AsyncIterable<string>) => ({ name, content })
      const report = { layout: layout.name, run: JSON.parse(options.run), ...found, incomplete }
      const isNnunet = layout.name === 'nnunet'
      await writeCompanions(out, [
        text(JOURNAL, () => journal.text()),
        text('composition.json', () => once(`${JSON.stringify(report, null, 1)}\n`)),
        ...(options.fixKnown ? [text('fixed.csv', () => fixedText(records()))] : []),
        ...(isNnunet && hasSplitsFile(found)
          ? [text('splits_final.json', () => splitsText(records, found))]
          : []),
        text(layout.last, () =>
          once(isNnunet ? datasetJson(options.name, values, found) : labelsText(values)),
        ),
      ])
      totals = found
    },
    async close() {
      await journal.close()
      await unlock()
    },
  }
}

/** Composes the images of a batch once their files are read. */
class Composer {
  private readonly values: ReadonlyMap<string, LabelValue>
  /** The first image, which determines the channels of the dataset. */
  private first: { readonly stem: string; readonly channels: 1 | 3 } | null = null

  constructor(
    private readonly out: string,
    private readonly journal: CaseJournal,
    private readonly options: CaseOptions,
  ) {
    this.values = new Map(options.values.map(value => [value.label, value]))
  }

  async batch(samples: readonly Sample[]): Promise<Batch> {
    const facts = new Map(samples.map(sample => [sample, factsOf(sample.json, sample.key)]))
    const earlier = await this.journal.earlier([...facts.values()].map(({ stem }) => stem))
    const isDone = new Map<string, Promise<boolean>>()
    const sampleOf = new Map<WantedFile, Sample>()
    for (const sample of samples) for (const { file } of sample.files) sampleOf.set(file, sample)
    const done = (sample: Sample): Promise<boolean> => {
      const fact = facts.get(sample) as CaseFacts
      const found = isDone.get(fact.stem) ?? this.isRight(sample, fact, earlier.get(fact.stem))
      isDone.set(fact.stem, found)
      return found
    }
    const read = new Map<string, Uint8Array>()
    return {
      files: [...sampleOf.keys()],
      isGood: file => done(sampleOf.get(file) as Sample),
      store: async (file, data) => {
        read.set(file.path, data)
      },
      end: async () => {
        const work = async (sample: Sample) => {
          if (await done(sample)) return
          const fact = facts.get(sample) as CaseFacts
          if (sample.files.some(({ file }) => !read.has(file.path))) return
          await this.compose(sample, fact, read)
          for (const { file } of sample.files) read.delete(file.path)
        }
        for await (const _ of ahead(samples, COMPOSED, work));
      },
    }
  }

  private async compose(
    sample: Sample,
    fact: CaseFacts,
    read: ReadonlyMap<string, Uint8Array>,
  ): Promise<void> {
    const { rule, fixKnown, forceColor, layout } = this.options
    const data = (path: string) => read.get(path) as Uint8Array
    const composed = await composeCase(
      {
        path: fact.path,
        dataset: fact.dataset,
        data: data(fact.path),
        masks: fact.masks.map(mask => ({ ...mask, data: data(mask.path) })),
      },
      { values: this.values, rule, fixKnown, forceColor },
    )
    const { report, pictures } = composed
    let [image, map]: (WrittenFile | null)[] = [null, null]
    const paths = layout.paths(fact)
    if (!pictures)
      for (const path of Object.values(paths)) await rm(join(this.out, path), { force: true })
    if (pictures && report.channels) {
      this.assertChannels(fact.stem, report.channels)
      map = await this.write(paths.labels, pictures.labels)
      image = await this.write(paths.image, pictures.image)
    }
    await this.journal.add({
      stem: fact.stem,
      key: fact.key,
      split: fact.split,
      fold: fact.fold,
      source: sourceOf(sample),
      forced: forceColor,
      ...report,
      image: image ?? null,
      map: map ?? null,
    })
  }

  private async write(path: string, data: Buffer): Promise<WrittenFile> {
    const full = join(this.out, path)
    await mkdir(dirname(full), { recursive: true })
    await writeWhole(full, data)
    return { path, bytes: data.length, crc32: crc32(data) }
  }

  private assertChannels(stem: string, channels: 1 | 3): void {
    if (!this.options.layout.sameChannels) return
    this.first ??= { stem, channels }
    if (this.first.channels === channels) return
    const [grey, color] = channels === 1 ? [stem, this.first.stem] : [this.first.stem, stem]
    throw new UserError(
      `--layout nnunet: images/${grey}.png is grey and images/${color}.png has colours, and nnU-Net needs the same channels in all images; add --channels rgb to give grey images three channels, or select one kind with --where, such as one modality`,
    )
  }

  /**
   * Whether an earlier run wrote an image from the same files with the same options, and the pictures are still
   * correct.
   */
  private async isRight(
    sample: Sample,
    fact: CaseFacts,
    record: CaseRecord | undefined,
  ): Promise<boolean> {
    if (!record || record.source !== sourceOf(sample)) return false
    if (record.forced !== this.options.forceColor) return false
    if (record.without !== null) return true
    const paths = this.options.layout.paths(fact)
    const { image, map, channels } = record
    if (!channels || image?.path !== paths.image || map?.path !== paths.labels) return false
    const isRight = (await this.holds(image)) && (await this.holds(map))
    if (isRight) this.assertChannels(fact.stem, channels)
    return isRight
  }

  private async holds({ path, bytes, crc32: crc }: WrittenFile): Promise<boolean> {
    const found = await readFile(join(this.out, path)).catch(() => null)
    return found !== null && found.length === bytes && crc32(found) === crc
  }
}

/** CRC-32 of all files of an image, ordered by path. */
const sourceOf = ({ files }: Sample): string => files.map(({ file }) => file.crc32).join(' ')

/** @throws UserError for a folder with pictures but without a journal. */
async function assertOwn(out: string, layout: CaseLayout): Promise<void> {
  const names = await readdir(out)
  if (names.includes(JOURNAL)) return
  const other = names.find(
    name => name === layout.last || /^(images|labels|masks|train|val|test)/.test(name),
  )
  if (other !== undefined)
    throw new UserError(
      `${join(out, other)}: is of another dataset; choose another --out, or remove it`,
    )
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}
