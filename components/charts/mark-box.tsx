import type { Box } from './mark-geometry'

/** A box over a drawing, around the mark that the keyboard is at, or around the bins that a drag crosses. */
export function MarkBox({ box, isFilled = false }: { box: Box; isFilled?: boolean }) {
  return (
    <div
      aria-hidden="true"
      data-testid="mark-box"
      style={box}
      className={`pointer-events-none absolute outline-2 outline-(--focus) ${isFilled ? 'bg-(--focus)/15' : ''}`}
    />
  )
}
