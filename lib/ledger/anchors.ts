/** Kinds of things that have a line each. */
export type NamedKind = 'modality' | 'dataset' | 'label' | 'prefix'

/** Anchor of a thing's line; ids may hold anything but white space. */
export const anchorOf = (kind: NamedKind, name: string): string =>
  `${kind}-${name.replace(/\s+/g, '_')}`

/** Address of a line of the ledger. @param id Its anchor. */
export const ledgerPath = (id: string): string => `/ledger#${encodeURIComponent(id)}`
