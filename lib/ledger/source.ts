import type { Manifest } from '../manifest/manifest'

/** The parts of manifest.json that the ledger needs; it reads no table. */
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
  | 'imageSplit'
  | 'measured'
>
