/** A page as it goes out. */
export interface PaintedPage {
  readonly status: number
  readonly html: string
  /** Its Content-Security-Policy. */
  readonly policy: string
}

/** A page of the overview has half a megabyte. */
const MOST = 48

/** Pages that were painted lately from one source: the one not asked for the longest goes first. */
export class PageCache {
  private readonly pages = new Map<string, PaintedPage>()
  private source: object | null = null

  /**
   * The page of a key, painted if it is not here.
   *
   * @param source What pages are painted from: another one empties the cache.
   * @param key Path and query of the page.
   */
  take(source: object, key: string, paint: () => PaintedPage): PaintedPage {
    if (source !== this.source) this.pages.clear()
    this.source = source
    const page = this.pages.get(key) ?? paint()
    this.pages.delete(key)
    this.pages.set(key, page)
    const [oldest] = this.pages.keys()
    if (this.pages.size > MOST && oldest !== undefined) this.pages.delete(oldest)
    return page
  }
}
