import type { KnownAxes } from '../../lib/axes/known-axes'
import { SourceLinks } from './source-links'

/** How the planes of a dataset's axes are known, how its pictures lie, and where that was read. */
export function AxesSource({ known: { how, source, upright } }: { known: KnownAxes }) {
  return (
    <>
      {how} <SourceLinks source={source} />
      {upright && (
        <span className="mt-0.5 block">
          Upright, for pictures of {upright.submodality}: {upright.how}
        </span>
      )}
    </>
  )
}
