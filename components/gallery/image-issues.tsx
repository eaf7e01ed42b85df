'use client'

import { defectsOfImage } from '../../lib/catalog/known-defects'
import type { PictureInfo } from '../../lib/images/picture-info'
import { useEngine } from '../engine-provider'
import { KnownIssue } from '../ui/known-issue'

/** Known issues of the open image; renders nothing if there are none. */
export function ImageIssues({ info }: { info: PictureInfo }) {
  const { simulated } = useEngine().manifest
  // Simulated images do not have the issues of the release.
  const issues = simulated ? [] : defectsOfImage(info)
  if (issues.length === 0) return null
  return (
    <section aria-labelledby="image-issues" data-testid="image-issues">
      <h2 id="image-issues" className="mb-1 font-semibold">
        Known issues
      </h2>
      <ul className="flex flex-col gap-1 text-[12px]">
        {issues.map(defect => (
          <KnownIssue key={defect.what} defect={defect} />
        ))}
      </ul>
    </section>
  )
}
