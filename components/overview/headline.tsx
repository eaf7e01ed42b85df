'use client'

import { countOf, formatBytes, formatCount } from '../../lib/format'
import type { Totals } from '../../lib/queries/totals'
import { useEngine } from '../engine-provider'
import type { CountsResult } from '../use-counts'

/** How much is selected, always in sight: images, masks, datasets, cases, bytes and files. */
export function Headline({ result }: { result: CountsResult }) {
  const { manifest, stage } = useEngine()
  const all = manifest.summary.totals
  const totals = result.counts?.totals
  return (
    <dl
      aria-busy={result.pending}
      className={`flex flex-wrap items-end gap-x-6 gap-y-2 ${result.pending ? 'opacity-50' : ''}`}
    >
      <Count id="images" noun="images" value={totals?.images} of={all.images} />
      <Count id="masks" noun="masks" value={totals?.masks} of={all.masks} />
      <Count id="datasets" noun="datasets" value={totals?.datasets} of={all.datasets} />
      <Count
        id="cases"
        noun="cases"
        value={result.cases ?? undefined}
        of={all.cases}
        missing={stage === 'rows' ? 'being counted' : 'counted once the rows are loaded'}
      />
      <Cost totals={totals} />
    </dl>
  )
}

/** What the selection would cost to fetch: every image and every mask is one PNG file. */
function Cost({ totals }: { totals: Totals | undefined }) {
  const files = totals && totals.images + totals.masks
  const bytesKnown = totals && totals.sizedImages === totals.images
  return (
    <div>
      <dd
        className="text-xl leading-tight font-semibold"
        title={bytesKnown ? `${formatCount(totals.bytes)} bytes` : UNMEASURED}
      >
        {bytesKnown ? formatBytes(totals.bytes) : '—'}
      </dd>
      <dt className="text-[11px] text-muted">
        <span>{bytesKnown ? 'of images as PNG' : 'size unknown until measured'}</span> ·{' '}
        <span data-testid="count-files" data-value={files} title="Every image and mask is one PNG">
          {files === undefined ? '—' : countOf(files, 'file')}
        </span>
      </dt>
    </div>
  )
}

const UNMEASURED = 'The manifest does not know the size of every selected image file'

function Count({
  id,
  noun,
  value,
  of,
  missing,
}: {
  id: string
  noun: string
  value: number | undefined
  of: number
  missing?: string
}) {
  return (
    <div>
      <dd
        data-testid={`count-${id}`}
        // The browser notes when it first paints this: the bench reads it.
        {...{ elementtiming: `count-${id}` }}
        data-value={value}
        title={value === undefined ? missing : undefined}
        className="text-xl leading-tight font-semibold"
      >
        {value === undefined ? '—' : formatCount(value)}
      </dd>
      <dt className="text-[11px] text-muted">
        {value === of ? noun : `of ${formatCount(of)} ${noun}`}
      </dt>
    </div>
  )
}
