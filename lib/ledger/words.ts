import { formatCount } from '../format'
import { type Difference, type Figure, rounded } from './figure'
import type { Presence } from './line'

/** "3,772,180", "about 15,800,000", "at least 91", "≈ 3,304,000" (read off); unknown is a dash. */
export function figureText(figure: Figure): string {
  if (figure.value === null) return '—'
  const value = formatCount(figure.value)
  switch (figure.accuracy) {
    case 'exact':
      return value
    case 'read off':
      return `≈ ${value}`
    case 'about':
      return `about ${formatCount(rounded(figure.value, 2 * figure.tolerance))}`
    case 'at least':
      return `at least ${value}`
  }
}

/** What one difference says: "equal", "−824,622", "about −4,000,000", "agrees"; unknown is a dash. */
export function differenceText(difference: Difference): string {
  switch (difference.kind) {
    case 'unknown':
      return '—'
    case 'equal':
      return 'equal'
    case 'open':
      return 'agrees'
    case 'apart': {
      const sign = difference.by < 0 ? '−' : '+'
      const text = `${sign}${formatCount(Math.abs(difference.by))}`
      return difference.accuracy === 'exact' ? text : `${difference.accuracy} ${text}`
    }
  }
}

/** What stands behind a difference that is no number. */
export const DIFFERENCE_NOTES: Readonly<Record<Difference['kind'], string | undefined>> = {
  unknown: 'one of the two is not known',
  equal: undefined,
  open: 'no difference as far as the published number tells, which is not exact',
  apart: undefined,
}

export const PRESENCE_TEXT: Readonly<Record<Presence, string>> = {
  yes: 'in it',
  no: 'none seen',
  'not known': '—',
}

export const PRESENCE_NOTES: Readonly<Record<Presence, string | undefined>> = {
  yes: 'known to be in the public release, from its file names and people’s reports',
  no: 'no file name of the public release has it',
  'not known': 'whether it is in the public release is not known',
}
