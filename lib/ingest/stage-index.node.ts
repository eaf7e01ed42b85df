import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { keyOf } from '../locator/name-key'
import { AXES, typesOf } from '../manifest/tables'
import { imageStem, type MaskName, parseImageName, parseMaskName } from '../release/names'
import type { RejectReason } from '../release/reject-reasons'
import { TextHash } from '../release/text-hash'
import type { IndexVisitor } from './json-walker'
import { newPathSums, type PathSums } from './path-sum'
import { type RawNumbers, rawWriter } from './raw-tables.node.ts'
import type { ClassReject } from './read-class-map.node.ts'

const MAX_MASKS = 65_535

/** Maximum number of ends of masks' paths, such as "0001_000.png", whose parsed values are kept. */
const MAX_ENDS = 100_000

/** Numbers of inputs in the index, accepted or rejected. */
export interface InputCounts {
  images: number
  masks: number
}

/** The accepted image whose list is being read. */
interface CurrentImage {
  readonly seq: number
  readonly stem: string
  /** Start of the paths of its masks, with its hash. */
  readonly start: string
  readonly hash: Readonly<TextHash>
  readonly classes: ReadonlyMap<string, number | null>
}

/**
 * Writes the entries of an index to raw_images, raw_masks and rejects, one at a time in constant memory. Images that
 * are listed twice pass here and are found later in DuckDB.
 */
export class IndexStager implements IndexVisitor {
  readonly seen: InputCounts = { images: 0, masks: 0 }
  /** Sums over all inputs, before they are accepted or rejected. */
  readonly sums: PathSums = newPathSums()
  private accepted = 0
  private rejected = 0
  private path = ''
  private current: CurrentImage | null = null
  /** Keys of the current image's masks; at most MAX_MASKS. */
  private readonly masksOfImage = new Set<number>()
  /** Hash of the current path. */
  private readonly hash = new TextHash()
  private readonly ends = new Map<string, MaskName>()

  private constructor(
    private readonly numbers: RawNumbers,
    private readonly images: TableWriter,
    private readonly masks: TableWriter,
    private readonly rejects: TableWriter,
    private readonly keyed: boolean,
  ) {}

  /** @param keyed Whether the raw tables have the keys of names. */
  static async open(engine: NodeEngine, numbers: RawNumbers, keyed = false): Promise<IndexStager> {
    const rejectColumns = typesOf('rejects')
    return new IndexStager(
      numbers,
      await rawWriter(engine, 'raw_images', keyed),
      await rawWriter(engine, 'raw_masks', keyed),
      await TableWriter.open(engine.connection, 'rejects', rejectColumns),
      keyed,
    )
  }

  image(path: string): void {
    this.seen.images++
    this.sums.images.addHash(this.hash.from().feed(path))
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
      ...(this.keyed ? keyOf(this.hash) : []),
    )
    const stem = imageStem(name)
    const start = `masks/${stem}--`
    this.current = { seq, stem, start, hash: new TextHash().feed(start), classes }
  }

  badImage(path: string, value: string): void {
    const text = `${path}: ${value}`
    this.seen.images++
    this.sums.images.add(text)
    this.reject('image', 'bad-value', text, null)
  }

  mask(path: string): void {
    this.seen.masks++
    const { hash, current } = this
    // Nearly all paths start with that of their image, so only their ends are parsed.
    const end = current && path.startsWith(current.start) ? current.start.length : 0
    if (current && end > 0) hash.from(current.hash.a, current.hash.b, current.hash.c)
    else hash.from()
    this.sums.masks.addHash(hash.feed(path, end))
    const reason = this.accept(path, end)
    if (reason !== null) this.reject('mask', reason, path, this.path)
  }

  badMask(value: string): void {
    this.seen.masks++
    this.sums.masks.add(value)
    this.reject('mask', 'bad-value', value, this.path)
  }

  /** Reject a mask whose image does not exist, where names replace the index. */
  orphan(path: string): void {
    this.seen.masks++
    this.sums.masks.add(path)
    this.reject('mask', 'no-image', path, null)
  }

  badClass({ reason, text, dataset }: ClassReject): void {
    this.reject('class', reason, text, dataset)
  }

  /** Write buffered rows. */
  close(): void {
    this.images.close()
    this.masks.close()
    this.rejects.close()
  }

  /** @param end Length of the common start of this path and the image's masks; 0 without one. */
  private accept(path: string, end: number): RejectReason | null {
    const image = this.current
    if (image === null) return 'image-rejected'
    const mask = this.parse(path, end, image.stem)
    if (typeof mask === 'string') return mask
    const number = image.classes.get(mask.classId)
    if (number === undefined) return 'unknown-class'
    if (number === null) return 'ambiguous-class-id'
    const key = number * (MAX_MASKS + 1) + mask.instance
    if (this.masksOfImage.has(key)) return 'duplicate-mask'
    if (this.masksOfImage.size === MAX_MASKS) return 'too-many-masks'
    this.masksOfImage.add(key)
    if (this.keyed) {
      const { a, b, c } = this.hash
      this.masks.append(image.seq, number, mask.instance, a >>> 0, b >>> 0, c >>> 0)
    } else this.masks.append(image.seq, number, mask.instance)
    return null
  }

  /** Parse a mask's path. The image's part was checked with the image, so equal ends have equal results. */
  private parse(path: string, end: number, stem: string): MaskName | RejectReason {
    const text = path.slice(end)
    const known = end > 0 ? this.ends.get(text) : undefined
    if (known) return known
    const mask = parseMaskName(path)
    if (typeof mask === 'string') return mask
    if (mask.imageStem !== stem) return 'mask-of-another-image'
    if (this.ends.size === MAX_ENDS) this.ends.clear()
    if (end > 0) this.ends.set(text, mask)
    return mask
  }

  private reject(kind: string, reason: RejectReason, text: string, under: string | null): void {
    this.rejects.append(this.rejected++, kind, reason, text, under)
  }
}
