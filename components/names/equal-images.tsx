'use client'

import { datasetPath, overviewPath } from '../../lib/catalog/paths'
import { countOf } from '../../lib/format'
import { useEngine } from '../engine-provider'
import { PageLink } from '../ui/page-link'

/**
 * Images of a dataset with duplicates in it or in another dataset; renders nothing if the manifest has no
 * duplicate check.
 */
export function EqualImages({ name }: { name: string }) {
  const { duplicates } = useEngine().manifest
  if (!duplicates) return null
  const own = duplicates.overlaps.filter(({ a, b }) => a === name || b === name)
  if (own.length === 0)
    return <p>No image of this dataset equals another image in size and CRC-32.</p>
  return (
    <ul className="flex flex-col gap-1" data-testid="equal-images">
      {own.map(({ a, b, groups, imagesA, imagesB }) => {
        const other = a === name ? b : a
        const [here, there] = a === name ? [imagesA, imagesB] : [imagesB, imagesA]
        const flag = other === name ? 'duplicate_in_dataset' : 'duplicate_across_datasets'
        return (
          <li key={other}>
            <PageLink href={overviewPath({ dataset: name, flag })} className="underline">
              {countOf(here, 'image')}
            </PageLink>{' '}
            {other === name ? (
              `appear more than once in this dataset (${countOf(groups, 'picture')})`
            ) : (
              <>
                equal {countOf(there, 'image')} of{' '}
                <PageLink href={datasetPath(other)} className="underline">
                  {other}
                </PageLink>
              </>
            )}{' '}
            <span className="text-[11px] text-muted">by size and CRC-32</span>
          </li>
        )
      })}
    </ul>
  )
}
