import type { NodeEngine } from '../../engine/duckdb.node.ts'
import { TableWriter } from '../../engine/table-writer.node.ts'
import { type ListSink, type PlaceWord, shown } from './list-sink'
import { picturesIn } from './named-pictures'

/** Maximum number of names besides pictures. A release has only a few such files. */
const MAX_OTHERS = 10_000

/** Maximum number of lines quoted in messages. */
const MOST_SHOWN = 5

/** A name that may be any file of the release. */
export interface OtherName {
  readonly name: string
  /** Place in the list; 0 for a name from the command line. */
  readonly at: number
}

/**
 * Collects what a list names: pictures in an engine's table `listed` (path, place), other names in memory. Memory does
 * not depend on the number of pictures.
 */
export class Requests implements ListSink {
  readonly others: OtherName[] = []
  /** What places mean. */
  word: PlaceWord = 'line'
  /** Number of lines that name nothing. */
  nothing = 0
  /** The first of these lines. */
  readonly firstNothing: { readonly text: string; readonly at: number }[] = []
  private readonly known = new Set<string>()
  /** Whether any picture has been named. */
  hasPictures = false

  private constructor(private readonly writer: TableWriter) {}

  static async open(engine: NodeEngine): Promise<Requests> {
    await engine.run('CREATE TABLE listed (path VARCHAR, place DOUBLE)')
    return new Requests(await TableWriter.open(engine.connection, 'listed', ['VARCHAR', 'DOUBLE']))
  }

  /** Add a name from the command line. */
  name(text: string): void {
    const pictures = picturesIn(text)
    for (const path of pictures) this.picture(path, 0)
    if (pictures.length === 0) this.other(text, 0)
  }

  picture(path: string, at: number): void {
    this.hasPictures = true
    this.writer.append(path, at)
  }

  other(name: string, at: number): void {
    if (this.known.has(name)) return
    if (this.known.size < MAX_OTHERS) {
      this.known.add(name)
      this.others.push({ name, at })
    } else this.unused(name, at)
  }

  unused(text: string, at: number): void {
    this.nothing++
    if (this.firstNothing.length < MOST_SHOWN) this.firstNothing.push({ text, at })
  }

  /** Describe a problem with a name and where the list has it. */
  said(name: string, at: number, why: string): string {
    return `${at === 0 ? '' : `${this.word} ${at}: `}${shown(name)} ${why}`
  }

  /** Write the remaining pictures. Nothing can be added afterwards. */
  close(): void {
    this.writer.close()
  }
}
