import type { Manifest } from '../manifest/manifest'

/** What the ledger needs of a manifest: manifest.json alone, no table. */
export type LedgerSource = Pick<
  Manifest,
  | 'name'
  | 'id'
  | 'source'
  | 'simulated'
  | 'summary'
  | 'rejects'
  | 'files'
  | 'duplicates'
  | 'measured'
>
