import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { AXES, TABLES } from '../manifest/tables'
import { imageStem, parseImageName, parseMaskName } from '../release/names'
import type { RejectReason } from '../release/reject-reasons'
import type { IndexVisitor } from './json-walker'
import { newPathSums, type PathSums } from './path-sum'
import { type RawNumbers, rawWriter } from './raw-tables.node.ts'
import type { ClassReject } from './read-class-map.node.ts'

const MAX_MASKS = 65_535

/** What the index listed, accepted or not. */
export interface InputCounts {
  images: number
  masks: number
}

/** The image whose list is being read; null where the image itself was not accepted. */
interface CurrentImage {
  readonly seq: number
  readonly stem: string
  readonly classes: ReadonlyMap<string, number | null>
}

/**
 * Sorts the entries of an index into raw_images, raw_masks and rejects, one at a time and in
 * constant memory. Images listed twice pass here and are found later, in DuckDB.
 */
export class IndexStager implements IndexVisitor {
  readonly seen: InputCounts = { images: 0, masks: 0 }
  /** Over what came, before any of it is judged. */
  readonly sums: PathSums = newPathSums()
  private accepted = 0
  private rejected = 0
  private path = ''
  private current: CurrentImage | null = null
  /** Masks of the current image, as numbers; at most MAX_MASKS. */
  private readonly masksOfImage = new Set<number>()

  private constructor(
    private readonly numbers: RawNumbers,
    private readonly images: TableWriter,
    private readonly masks: TableWriter,
    private readonly rejects: TableWriter,
  ) {}

  static async open(engine: NodeEngine, numbers: RawNumbers): Promise<IndexStager> {
    const rejectColumns = Object.values(TABLES.rejects.columns).map(column => column.type)
    return new IndexStager(
      numbers,
      await rawWriter(engine, 'raw_images'),
      await rawWriter(engine, 'raw_masks'),
      await TableWriter.open(engine.connection, 'rejects', rejectColumns),
    )
  }

  image(path: string): void {
    this.seen.images++
    this.sums.images.add(path)
    this.path = path
    this.masksOfImage.clear()
    this.current = null
    const name = parseImageName(path, this.numbers.datasets)
    if (typeof name === 'string') {
      this.reject('image', name, path, null)
      return
    }
    const { dataset, classes } = this.numbers.byDataset.get(name.dataset) as {
      dataset: number
      classes: ReadonlyMap<string, number | null>
    }
    const seq = this.accepted++
    this.images.append(
      seq,
      dataset,
      this.numbers.submodality.get(name.submodality) as number,
      name.caseName,
      AXES.indexOf(name.axis),
      name.slice,
    )
    this.current = { seq, stem: imageStem(name), classes }
  }

  badImage(path: string, value: string): void {
    const text = `${path}: ${value}`
    this.seen.images++
    this.sums.images.add(text)
    this.reject('image', 'bad-value', text, null)
  }

  mask(path: string): void {
    this.seen.masks++
    this.sums.masks.add(path)
    const reason = this.accept(path)
    if (reason !== null) this.reject('mask', reason, path, this.path)
  }

  badMask(value: string): void {
    this.seen.masks++
    this.sums.masks.add(value)
    this.reject('mask', 'bad-value', value, this.path)
  }

  /** A mask that no index lists and whose image is not there. */
  orphan(path: string): void {
    this.seen.masks++
    this.sums.masks.add(path)
    this.reject('mask', 'no-image', path, null)
  }

  /** An entry of the archive that must not be used: neither image nor mask, whatever its name. */
  badEntry(name: string, problem: string): void {
    this.reject('entry', 'unsafe-entry', `${name}: ${problem}`, null)
  }

  badClass({ reason, text, dataset }: ClassReject): void {
    this.reject('class', reason, text, dataset)
  }

  /** Write what is buffered. */
  close(): void {
    this.images.close()
    this.masks.close()
    this.rejects.close()
  }

  private accept(path: string): RejectReason | null {
    const image = this.current
    if (image === null) return 'image-rejected'
    const mask = parseMaskName(path)
    if (typeof mask === 'string') return mask
    if (mask.imageStem !== image.stem) return 'mask-of-another-image'
    const number = image.classes.get(mask.classId)
    if (number === undefined) return 'unknown-class'
    if (number === null) return 'ambiguous-class-id'
    const key = number * (MAX_MASKS + 1) + mask.instance
    if (this.masksOfImage.has(key)) return 'duplicate-mask'
    if (this.masksOfImage.size === MAX_MASKS) return 'too-many-masks'
    this.masksOfImage.add(key)
    this.masks.append(image.seq, number, mask.instance)
    return null
  }

  private reject(kind: string, reason: RejectReason, text: string, under: string | null): void {
    this.rejects.append(this.rejected++, kind, reason, text, under)
  }
}
