/** Kinds of names with a line in the ledger. */
export type NamedKind = 'modality' | 'dataset' | 'label' | 'prefix'

/** Anchor of a name's line. HTML ids may contain any character except white space. */
export const anchorOf = (kind: NamedKind, name: string): string =>
  `${kind}-${name.replace(/\s+/g, '_')}`

/** URL of a line of the ledger. @param id Anchor of the line. */
export const ledgerPath = (id: string): string => `/ledger#${encodeURIComponent(id)}`
