/** A page of the site. */
export interface Page {
  readonly path: string
  readonly title: string
  /** Key that opens the page after "g". */
  readonly key: string
}

/** The pages that the header, the palette and the shortcuts go to, in the header's order. */
export const PAGES: readonly Page[] = [
  { path: '/', title: 'Overview', key: 'o' },
  { path: '/gallery', title: 'Gallery', key: 'g' },
  { path: '/figures', title: 'Figures', key: 'f' },
  { path: '/subset', title: 'Subset', key: 's' },
  { path: '/ledger', title: 'Paper vs release', key: 'l' },
  { path: '/sql', title: 'SQL', key: 'q' },
]
