import { UserError } from '../errors'
import { formatCount } from '../format'
import { PassingFault } from './retry'

/** Headers that identify one state of a file on a server; null where the server does not send them. */
export interface Validators {
  readonly etag: string | null
  readonly lastModified: string | null
}

/** A file as it was when it was opened. */
export interface KnownFile {
  readonly size: number
  readonly lastModified: string | null
  /** Tags of the same content, without `W/`. Servers behind one name may each have their own. */
  readonly tags: Set<string>
}

/** The file changed since it was opened; bytes of the old and the new file must not be mixed. */
export class SourceChangedError extends UserError {
  override name = 'SourceChangedError'

  /** @param how What shows that it changed. */
  constructor(
    readonly source: string,
    readonly how: string,
  ) {
    super(`${source}: changed while it was being read (${how}); run the command again`)
  }
}

/**
 * Another tag for a file of the same size and date: the file was replaced within a second, or servers behind one
 * name have tags of their own. `ServerTags` decides.
 */
export class OtherTagFault extends PassingFault {
  override name = 'OtherTagFault'

  constructor(readonly tag: string) {
    super(`the server sends another ETag (${tag}) for the same size and date`)
  }
}

/** @param size Of the whole file. */
export const knownFile = ({ etag, lastModified }: Validators, size: number): KnownFile => ({
  size,
  lastModified,
  tags: new Set(etag === null ? [] : [plain(etag)]),
})

/**
 * Compare an answer with the file that was opened. Equal tags decide, because servers may send different dates for
 * the same file; without tags the dates decide.
 *
 * @throws SourceChangedError, or OtherTagFault where only the tag differs.
 */
export function checkUnchanged(
  name: string,
  known: KnownFile,
  now: Validators,
  size: number | null,
): void {
  if (size !== null && size !== known.size)
    throw new SourceChangedError(
      name,
      `size ${formatCount(known.size)}, now ${formatCount(size)} bytes`,
    )
  const { tags, lastModified } = known
  const hasDates = lastModified !== null && now.lastModified !== null
  if (tags.size > 0 && now.etag !== null) {
    const tag = plain(now.etag)
    if (tags.has(tag)) return
    if (hasDates && lastModified === now.lastModified) throw new OtherTagFault(tag)
    throw new SourceChangedError(name, `ETag ${[...tags].join(' or ')}, now ${tag}`)
  }
  if (hasDates && lastModified !== now.lastModified)
    throw new SourceChangedError(name, `date ${lastModified}, now ${now.lastModified}`)
}

/** Answers in a row with the same other tag that make it a new file. */
const SURE = 4

/**
 * Decides whether another tag of the same size and date is a new file: if the first tag comes back, servers behind
 * one name have tags of their own, and both are taken for the same file.
 */
export class ServerTags {
  private tag: string | null = null
  private inARow = 0

  constructor(
    private readonly name: string,
    private readonly known: KnownFile,
  ) {}

  /** An answer with a tag that was not known. @throws SourceChangedError once it must be a new file. */
  differs({ tag }: OtherTagFault): void {
    this.inARow = tag === this.tag ? this.inARow + 1 : 1
    this.tag = tag
    if (this.inARow >= SURE)
      throw new SourceChangedError(
        this.name,
        `ETag ${[...this.known.tags].join(' or ')}, now ${tag}`,
      )
  }

  /** An answer with a known tag. */
  agrees(): void {
    if (this.tag !== null) this.known.tags.add(this.tag)
    this.tag = null
    this.inARow = 0
  }
}

/** A tag without its mark for weak tags, which servers add when they change the coding of an answer. */
const plain = (tag: string) => tag.replace(/^W\//, '')
