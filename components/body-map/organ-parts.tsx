import { MIRROR } from '../../lib/body-map/body-outline'
import { ORGAN_SHAPES, type OrganShape, type Part } from '../../lib/body-map/organ-shapes'
import type { OrganColors } from '../../lib/charts/body-map-colors'

const SHAPE_OF = new Map(ORGAN_SHAPES.map(shape => [shape.organ, shape]))

/** The drawing of an organ; undefined for other names. */
export const shapeOf = (organ: string): OrganShape | undefined => SHAPE_OF.get(organ)

/** How an organ's edge is drawn. */
export interface Edge extends OrganColors {
  /** Width in px. */
  readonly width: number
  /** Dashes mark an organ without any mask. */
  readonly dashed: boolean
}

/** The areas and tubes of an organ. A tube is a stroke in the colour of the edge with a thinner stroke on it. */
export function OrganParts({
  shape,
  edge,
  hollow = false,
}: {
  shape: OrganShape
  edge: Edge
  /** Draw the edges of areas only. */
  hollow?: boolean
}) {
  return shape.parts.flatMap(part =>
    (part.paired ? [undefined, MIRROR] : [undefined]).map(transform => (
      <PartPath
        key={`${part.d}${transform}`}
        part={part}
        edge={edge}
        hollow={hollow}
        transform={transform}
      />
    )),
  )
}

function PartPath({
  part: { d, tube },
  edge,
  hollow,
  transform,
}: {
  part: Part
  edge: Edge
  hollow: boolean
  transform: string | undefined
}) {
  const dashes = edge.dashed ? '2.5 2' : undefined
  if (tube === undefined)
    return (
      <path
        d={d}
        transform={transform}
        fill={hollow ? 'none' : edge.fill}
        stroke={edge.edge}
        strokeWidth={edge.width}
        strokeDasharray={dashes}
        strokeLinejoin="round"
      />
    )
  const line = {
    d,
    transform,
    fill: 'none',
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
  } as const
  return (
    <>
      <path
        {...line}
        stroke={edge.edge}
        strokeWidth={tube + edge.width}
        strokeDasharray={dashes}
        strokeLinecap={dashes ? 'butt' : 'round'}
      />
      <path {...line} stroke={edge.fill} strokeWidth={tube - edge.width} />
    </>
  )
}
