'use client'

import { overviewPath } from '../../lib/catalog/paths'
import { countOf } from '../../lib/format'
import { maskFlagCode } from '../../lib/manifest/flags'
import { IMAGE_FLAGS, MASK_FLAGS, type MaskFlag } from '../../lib/manifest/quality'
import { useEngine } from '../engine-provider'
import { PageLink } from '../ui/page-link'

const DOCS: Readonly<Record<'image' | 'mask', Readonly<Record<string, string>>>> = {
  image: IMAGE_FLAGS,
  mask: MASK_FLAGS,
}

/** The overview of a dataset's images with a flag, or with a mask that has the flag. */
const flaggedPath = (dataset: string, of: 'image' | 'mask', flag: string) =>
  overviewPath({ dataset, flag: of === 'image' ? flag : maskFlagCode(flag as MaskFlag) })

/** The flags that measuring gave to pictures of a dataset; renders nothing for a manifest that is not measured. */
export function MeasuredFlags({ name }: { name: string }) {
  const { measured } = useEngine().manifest
  if (!measured) return null
  const own = measured.quality.filter(row => row.dataset === name)
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
      <ul className="flex flex-col gap-1">
        {own.map(({ of, flag, n }) => (
          <li key={`${of} ${flag}`}>
            <PageLink href={flaggedPath(name, of, flag)} className="underline">
              {countOf(n, of)} <code>{flag}</code>
            </PageLink>
            {': '}
            <span className="text-[11px] text-muted">{DOCS[of][flag]}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
