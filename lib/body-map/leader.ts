import { FIGURE_LEFT, FIGURE_WIDTH } from './body-outline'
import { LABEL_SPOTS } from './label-layout'
import type { OrganShape } from './organ-shapes'

const RIGHT = FIGURE_LEFT + FIGURE_WIDTH

/** Points of the line from an organ's label, at the figure's edge, to the organ. */
export function leaderPoints({ organ, anchor: [x, y] }: OrganShape): string {
  const spot = LABEL_SPOTS.get(organ)
  if (!spot) return ''
  const [from, bend] = spot.side === 'left' ? [FIGURE_LEFT, FIGURE_LEFT + 8] : [RIGHT, RIGHT - 8]
  return `${from},${spot.y} ${bend},${spot.y} ${x},${y}`
}
