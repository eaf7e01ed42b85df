/** A page as it is sent. */
export interface PaintedPage {
  readonly status: number
  readonly html: string
  /** Value of Content-Security-Policy. */
  readonly policy: string
}

/** Maximum number of pages; an overview has half a megabyte. */
const MOST = 48

/** A cache of rendered pages of one source; the least recently used page is dropped first. */
export class PageCache {
  private readonly pages = new Map<string, PaintedPage>()
  private source: object | null = null

  /**
   * The page of a key; rendered if it is not in the cache.
   *
   * @param source What pages are rendered from; another source empties the cache.
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
