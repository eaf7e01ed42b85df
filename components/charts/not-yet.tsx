import { UserError } from '../../lib/errors'
import type { Drawing } from './chart-frame'

/** Shown in place of a chart until it is counted. */
export const NOT_YET: Drawing = {
  body: (
    <p data-waits className="text-muted">
      Counting…
    </p>
  ),
  picture: async () => {
    throw new UserError('not counted yet; try again in a few seconds')
  },
}
