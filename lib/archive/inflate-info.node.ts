/** Result of Node's inflate functions with the option `info`; Node's types wrongly declare a Buffer. */
export interface InflateInfo {
  readonly buffer: Buffer
  readonly engine: {
    /** Packed bytes that were read. */
    readonly bytesWritten: number
  }
}

/** @throws TypeError if the result is of a call without the option `info`. */
export function inflateInfo(result: object): InflateInfo {
  if (!hasInfo(result)) throw new TypeError('inflated without the option info')
  return result
}

const hasInfo = (result: object): result is InflateInfo => 'engine' in result
