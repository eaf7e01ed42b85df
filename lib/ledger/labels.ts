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

/** A difference for people: "equal", "−824,622", "about −4,000,000", "agrees"; unknown is a dash. */
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

/** Explanation of a difference that is not a number. */
export const DIFFERENCE_NOTES: Readonly<Record<Difference['kind'], string | undefined>> = {
  unknown: 'one of the two numbers is unknown',
  equal: undefined,
  open: 'no difference within the accuracy of the published number',
  apart: undefined,
}

export const PRESENCE_TEXT: Readonly<Record<Presence, string>> = {
  yes: 'in it',
  no: 'none seen',
  'not known': '—',
}

export const PRESENCE_NOTES: Readonly<Record<Presence, string | undefined>> = {
  yes: 'in the public release, according to its file names and user reports',
  no: 'no file name of the public release has this prefix',
  'not known': 'unknown whether the public release has it',
}
