import { type Turn, turned } from '../axes/turn'
import type { GalleryView } from './view'

type Turned = Pick<GalleryView, 'upright' | 'turn'>

/** A button that turns all pictures by hand. */
export interface TurnStep {
  readonly by: Turn
  readonly title: string
  /** As in KeyboardEvent. */
  readonly key: string
}

/** In the order of the buttons. */
export const TURN_STEPS = [
  { by: '270', title: 'Rotate 90° counterclockwise', key: 'R' },
  { by: '90', title: 'Rotate 90° clockwise', key: 'r' },
  { by: 'lr', title: 'Mirror left–right', key: 'h' },
  { by: 'ud', title: 'Mirror up–down', key: 'v' },
] as const satisfies readonly TurnStep[]

/** Key that turns pictures upright, or back. */
export const UPRIGHT_KEY = 'u'

/** The view with pictures turned further. */
export const withTurn = <View extends Turned>(view: View, by: Turn): View => ({
  ...view,
  turn: turned(view.turn, by),
})

/** The view with pictures as the files are. */
export const asStored = <View extends Turned>(view: View): View => ({
  ...view,
  upright: false,
  turn: '0',
})

/** The view after a key; null if the key does not turn pictures. */
export function turnByKey<View extends Turned>(view: View, key: string): View | null {
  if (key === UPRIGHT_KEY) return { ...view, upright: !view.upright }
  const step = TURN_STEPS.find(one => one.key === key)
  return step ? withTurn(view, step.by) : null
}
