'use client'

import { formatBytes, formatCount } from '../../lib/format'
import { useEngine } from '../engine-provider'
import type { CountsResult } from '../use-counts'

/** How much is selected, always in sight: images, masks, datasets, cases, bytes. */
export function Headline({ result }: { result: CountsResult }) {
  const { manifest, stage } = useEngine()
  const all = manifest.summary.totals
  const totals = result.counts?.totals
  const bytesKnown = totals && totals.sizedImages === totals.images
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
      <div>
        <dd
          className="text-xl leading-tight font-semibold"
          title={bytesKnown ? `${formatCount(totals.bytes)} bytes` : UNMEASURED}
        >
          {bytesKnown ? formatBytes(totals.bytes) : '—'}
        </dd>
        <dt className="text-[11px] text-muted">
          {bytesKnown ? 'of images as PNG' : 'size unknown until measured'}
        </dt>
      </div>
    </dl>
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
