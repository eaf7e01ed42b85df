import { UserError } from '../lib/errors'
import { type Ledger, ledgerOf } from '../lib/ledger/ledger'
import { ledgerCsv } from '../lib/ledger/ledger-csv'
import { ledgerText } from '../lib/ledger/ledger-text'
import { REASONS } from '../lib/ledger/reasons'
import { readManifest } from '../lib/store/read-manifest.node.ts'
import type { Effects } from './effects'
import { jsonText } from './json-text'

export interface LedgerOptions {
  readonly manifest: string
  readonly json?: boolean
  readonly csv?: boolean
}

/** Result of `ledger --json`; the reasons that lines name are explained once. */
export type LedgerJson = Ledger & { readonly reasons: typeof REASONS }

/** `samed2d ledger`: paper, public release and a manifest side by side. */
export async function ledger(
  { manifest: dir, json = false, csv = false }: LedgerOptions,
  effects: Pick<Effects, 'write'>,
): Promise<void> {
  if (json && csv) throw new UserError('--json and --csv: give only one of them', 2)
  const { manifest } = await readManifest(dir)
  const found = ledgerOf(manifest)
  if (json) {
    const result: LedgerJson = { ...found, reasons: REASONS }
    effects.write(jsonText(result))
  } else effects.write(csv ? ledgerCsv(found) : ledgerText(found))
}
