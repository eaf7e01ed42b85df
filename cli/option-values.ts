import { InvalidArgumentError } from 'commander'
import { UserError } from '../lib/errors'

/** A whole number of at most 32 bits. */
export function parseCount(text: string): number {
  const n = Number(text)
  if (!/^\d+$/.test(text) || n > 2 ** 32 - 1)
    throw new InvalidArgumentError('It must be a whole number from 0 to 4294967295.')
  return n
}

const MS: Readonly<Record<string, number>> = { s: 1e3, m: 60e3, h: 3600e3 }

/** A time such as 90s, 15m or 1h, or a number of seconds; in ms. */
export function parseTime(text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)([smh])?$/.exec(text) ?? []
  if (number === undefined)
    throw new InvalidArgumentError('It must be a time such as 90s, 15m or 1h.')
  return Number(number) * (MS[unit] ?? 1e3)
}

/** A number of parallel reads. */
export function parseParallel(text: string): number {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 1 || n > 64)
    throw new InvalidArgumentError('It must be a whole number from 1 to 64.')
  return n
}

/** A share above 0 and at most 1. */
export function parseShare(text: string): number {
  const share = Number(text)
  if (!(share > 0 && share <= 1))
    throw new InvalidArgumentError('It must be above 0 and at most 1.')
  return share
}

/** An option that may be given several times: all its values. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
]

/** A port; 0 for any free port. */
export function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65535)
    throw new InvalidArgumentError('It must be a whole number from 0 to 65535.')
  return port
}

/** The port in the environment variable PORT. */
export function portOf(text = '3000'): number {
  try {
    return parsePort(text)
  } catch (cause) {
    throw new UserError(`PORT is "${text}"; set it to a number from 0 to 65535`, 2, { cause })
  }
}

/** Help of --allow-root, for every command that reads pictures of a release folder. */
export const ALLOW_ROOT_HELP =
  'a further folder that links in the release folder may lead into; may be repeated'
