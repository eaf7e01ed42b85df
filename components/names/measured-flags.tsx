'use client'

import { overviewPath } from '../../lib/catalog/paths'
import { countOf } from '../../lib/format'
import { maskFlagCode } from '../../lib/manifest/flags'
import type { QualityCount } from '../../lib/manifest/manifest'
import { IMAGE_FLAGS, MASK_FLAGS, type MaskFlag, NOT_MEASURED } from '../../lib/manifest/quality'
import { useEngine } from '../engine-provider'
import { PageLink } from '../ui/page-link'

const DOCS: Readonly<Record<'image' | 'mask', Readonly<Record<string, string>>>> = {
  image: { ...IMAGE_FLAGS, ...NOT_MEASURED },
  mask: { ...MASK_FLAGS, ...NOT_MEASURED },
}

/** The overview of a dataset's images with a flag, or with a mask that has the flag. */
const flaggedPath = (dataset: string, { of, flag }: QualityCount) =>
  overviewPath({ dataset, flag: flagOf(of, flag) })

/** All reasons why pictures were not measured are one flag of images. */
function flagOf(of: 'image' | 'mask', flag: string): string {
  if (Object.hasOwn(NOT_MEASURED, flag))
    return of === 'image' ? 'not_measured' : 'mask_not_measured'
  return of === 'image' ? flag : maskFlagCode(flag as MaskFlag)
}

/** The flags that measuring gave to pictures of a dataset; renders nothing for a manifest that is not measured. */
export function MeasuredFlags({ name }: { name: string }) {
  const { measured } = useEngine().manifest
  if (!measured) return null
  const own = measured.quality.filter(row => row.dataset === name)
  const left = measured.notMeasured?.filter(row => row.dataset === name) ?? []
  return (
    <section aria-labelledby="flags-title" data-testid="measured-flags">
      <h2 id="flags-title" className="font-semibold">
        Found by measuring
      </h2>
      {own.length === 0 && (
        <p>
          {measured.what === 'pixels'
            ? 'No image and no mask is flagged.'
            : 'No image is flagged; only image sizes were read.'}
        </p>
      )}
      <CountList name={name} counts={own} />
      {left.length > 0 && (
        <div data-testid="not-measured">
          <h3 className="mt-2 font-semibold">Not measured, which is no defect</h3>
          <CountList name={name} counts={left} />
        </div>
      )}
    </section>
  )
}

const CountList = ({ name, counts }: { name: string; counts: readonly QualityCount[] }) => (
  <ul className="flex flex-col gap-1">
    {counts.map(count => (
      <li key={`${count.of} ${count.flag}`}>
        <PageLink href={flaggedPath(name, count)} className="underline">
          {countOf(count.n, count.of)} <code>{count.flag}</code>
        </PageLink>
        {': '}
        <span className="text-[11px] text-muted">{DOCS[count.of][count.flag]}</span>
      </li>
    ))}
  </ul>
)
