import { cellsOf, separatorOf, unquoted } from './csv-cells'
import type { ListSink } from './list-sink'
import { folderOf, isFrame, listedName } from './listing'
import { looksLikeFile, picturesIn } from './named-pictures'
import { addRow, columnsOf, type ListColumn } from './table-row'

/** Maximum number of folder lines that are remembered. */
const MAX_FOLDERS = 1_000

/**
 * Reads the lines of a list: file names one per line, a table with any columns, or the output of a listing program.
 * Skips lines without names: empty lines, lines that begin with "#", and headers and totals of listings.
 */
export class ListLines {
  private line = 0
  /** The first line, if it may be a header whose column names are unknown. */
  private first: { text: string; at: number; separator: string; cells: number } | null = null
  private hasBegun = false
  private table: { separator: string | null; columns: readonly ListColumn[] } | null = null
  /** Folders on lines of their own → line number. */
  private readonly folders = new Map<string, number>()
  /** Folders of `folders` that contain a listed file. */
  private readonly filled = new Set<string>()

  constructor(private readonly sink: ListSink) {}

  /** Add a line, without its line end. */
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
    // A folder line adds nothing if files in the folder are listed. Alone, it may mean all of them.
    for (const [folder, at] of this.folders)
      if (!this.filled.has(folder)) this.sink.unused(folder === '' ? '.' : `${folder}/`, at)
  }

  /** Check the first line: returns whether it is a header, or must wait for the next line to tell. */
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

  /** Decide whether the first line was a header: the next line must have as many cells, with pictures in them. */
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

  /** A line that is not a row of a table. */
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

  /** Mark the named folders that contain a file. */
  private fill(text: string): void {
    if (this.folders.size === this.filled.size) return
    const path = `/${text.replaceAll('\\', '/')}`
    // Files below "images:" in the output of `ls -R` have no folder of their own.
    for (const folder of this.folders.keys())
      if (folder === '' || folder === '.' || path.includes(`/${folder}/`) || !text.includes('/'))
        this.filled.add(folder)
  }
}
