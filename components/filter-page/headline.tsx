'use client'

import type { Totals } from '../../lib/counts/totals'
import { formatBytes, formatCount } from '../../lib/format'
import { useEngine } from '../engine-provider'
import type { CountsResult } from '../use-counts'
import { ALL_BYTES, bytesOf, filesText } from './cost-labels'
import { HeadlineCount, HeadlineNumber } from './headline-number'
import { LedgerLink } from './ledger-link'

/**
 * How much is selected, always in sight: images, masks, datasets, patients, cases, bytes and files.
 *
 * @param line Line of the ledger that all numbers link to; by default each number links to its own line.
 */
export function Headline({ result, line }: { result: CountsResult; line?: string }) {
  const { manifest, stage } = useEngine()
  const all = manifest.summary.totals
  const totals = result.counts?.totals
  const missing = stage === 'rows' ? 'Counting…' : 'Not counted until the image list is loaded'
  return (
    <dl
      aria-busy={result.pending}
      className={`flex flex-wrap items-end gap-x-6 gap-y-2 ${result.pending ? 'opacity-50' : ''}`}
    >
      <HeadlineCount id="images" line={line} value={totals?.images} of={all.images} />
      <HeadlineCount id="masks" line={line} value={totals?.masks} of={all.masks} />
      <HeadlineCount id="datasets" line={line} value={totals?.datasets} of={all.datasets} />
      {(['patients', 'cases'] as const).map(id => (
        <HeadlineCount
          key={id}
          id={id}
          line={line}
          value={result.cases?.[id]}
          of={all[id]}
          missing={missing}
        />
      ))}
      <Cost totals={totals} line={line} />
    </dl>
  )
}

/** Bytes and files of the selection; every image and every mask is one PNG file. */
function Cost({ totals, line }: { totals: Totals | undefined; line: string | undefined }) {
  const files = totals && totals.images + totals.masks
  const { manifest } = useEngine()
  const all = manifest.summary.totals
  const known = totals && totals.sizedImages === totals.images ? totals.bytes : null
  const isAll = totals?.images === all.images && totals.masks === all.masks
  const maskBytes = isAll ? all.maskBytes : undefined
  const bytes = known === null ? null : known + (maskBytes ?? 0)
  const what = maskBytes === undefined ? 'image files' : 'image and mask files'
  return (
    <HeadlineNumber
      text={bytes === null ? null : formatBytes(bytes)}
      title={bytes === null ? UNMEASURED : `${formatCount(bytes)} bytes of ${what} (PNG)`}
    >
      <LedgerLink line={line ?? 'bytes'}>
        {bytes === null
          ? 'size unknown until measured'
          : maskBytes === undefined
            ? bytesOf(manifest)
            : ALL_BYTES}
      </LedgerLink>{' '}
      ·{' '}
      <LedgerLink line={line ?? 'files'}>
        <span data-testid="count-files" data-value={files} title="Every image and mask is one PNG">
          {totals ? filesText(totals.images, totals.masks) : '—'}
        </span>
      </LedgerLink>
    </HeadlineNumber>
  )
}

const UNMEASURED = 'The manifest does not list the size of every selected image'
