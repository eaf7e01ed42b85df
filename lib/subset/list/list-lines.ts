import { cellsOf, separatorOf, unquoted } from './csv-cells'
import type { ListSink } from './list-sink'
import { folderOf, isFrame, listedName } from './listing'
import { looksLikeFile, picturesIn } from './named-pictures'
import { addRow, columnsOf, type ListColumn } from './table-row'

/** Folders on lines of their own that are remembered. */
const MAX_FOLDERS = 1_000

/**
 * Reads the lines of a list: names of files one per line, a table with any columns, or the listing of some program.
 * Empty lines, lines that begin with "#", and heads and sums of listings name nothing and are skipped.
 */
export class ListLines {
  private line = 0
  /** The first line, if it may be a header whose columns have unknown names. */
  private first: { text: string; at: number; separator: string; cells: number } | null = null
  private hasBegun = false
  private table: { separator: string | null; columns: readonly ListColumn[] } | null = null
  /** Folders that a line names, by the number of that line. */
  private readonly folders = new Map<string, number>()
  /** Of these, those that some file lies in. */
  private readonly filled = new Set<string>()

  constructor(private readonly sink: ListSink) {}

  /** Take the next line, without its end. */
  add(raw: string): void {
    this.line++
    const text = raw.trimEnd()
    if (text.trim() === '' || /^\s*#/.test(text)) return
    if (this.first) this.settleFirst(text)
    if (this.table) {
      addRow(cellsOf(text, this.table.separator), this.table.columns, text, this.line, this.sink)
      return
    }
    if (!this.hasBegun && this.begin(text)) return
    this.free(text, this.line)
  }

  /** Called after the last line. */
  end(): void {
    if (this.first) this.free(this.first.text, this.first.at)
    this.first = null
    // A folder says nothing new if its files are listed; alone, it may mean all of them.
    for (const [folder, at] of this.folders)
      if (!this.filled.has(folder)) this.sink.unused(folder === '' ? '.' : `${folder}/`, at)
  }

  /** Look at the first line: whether it was taken as a header, or is put back until the next one tells. */
  private begin(text: string): boolean {
    if (picturesIn(text).length > 0 || isFrame(text) || listedName(text)) {
      this.hasBegun = !isFrame(text)
      return false
    }
    this.hasBegun = true
    const separator = separatorOf(text)
    const columns = columnsOf(cellsOf(text, separator))
    if (columns.some(({ isFile }) => isFile)) {
      this.table = { separator, columns }
      return true
    }
    if (separator === null || columns.some(({ name }) => looksLikeFile(name))) return false
    this.first = { text, at: this.line, separator, cells: columns.length }
    return true
  }

  /** Whether the first line was a header: the next one has as many cells, and pictures in them. */
  private settleFirst(text: string): void {
    const { first } = this
    if (!first) return
    this.first = null
    const cells = cellsOf(text, first.separator)
    if (cells.length === first.cells && cells.some(cell => picturesIn(cell).length > 0))
      this.table = {
        separator: first.separator,
        columns: columnsOf(cellsOf(first.text, first.separator)),
      }
    else this.free(first.text, first.at)
  }

  /** A line that is no row of a table. */
  private free(text: string, at: number): void {
    const pictures = picturesIn(text)
    if (pictures.length > 0) {
      for (const path of pictures) this.sink.picture(path, at)
      this.fill(text)
      return
    }
    if (isFrame(text)) return
    const listed = listedName(text)
    const name = unquoted((listed?.name ?? text).trim())
    const folder = listed?.isFolder ? name.replace(/[/\\]+$/, '') : listed ? null : folderOf(name)
    if (folder === null) {
      this.sink.other(name, at)
      this.fill(name)
    } else if (!listed && this.folders.size < MAX_FOLDERS && !this.folders.has(folder))
      this.folders.set(folder, at)
  }

  /** Note the folders that were named and that a file lies in. */
  private fill(text: string): void {
    if (this.folders.size === this.filled.size) return
    const path = `/${text.replaceAll('\\', '/')}`
    // Files below `ls -R`'s "images:" have no folder.
    for (const folder of this.folders.keys())
      if (folder === '' || folder === '.' || path.includes(`/${folder}/`) || !text.includes('/'))
        this.filled.add(folder)
  }
}
