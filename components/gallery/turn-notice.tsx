import { turnText } from '../../lib/axes/turn'
import type { GalleryView } from '../../lib/gallery/view'
import type { Pictures } from './use-pictures'

/** Notice that pictures of the grid are turned for display; renders nothing if they are not. */
export function TurnNotice({
  view: { upright, turn },
  pictures,
}: {
  view: Pick<GalleryView, 'upright' | 'turn'>
  pictures: Pictures | null
}) {
  if (!upright && turn === '0') return null
  return (
    <p role="status" data-testid="turn-notice" className="py-1 text-[12px] text-muted">
      Turned for display; the files are as they are.{' '}
      {upright &&
        (pictures?.isSimulated
          ? 'These pictures are simulated, so none is turned upright. '
          : 'Upright: only pictures of which it is known how they lie; dataset pages say which. ')}
      {turn !== '0' && `All pictures are ${turnText(turn)}.`}
    </p>
  )
}
