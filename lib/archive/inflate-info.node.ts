/** What Node's inflaters give with the option `info`; its types say that it is the bytes alone. */
export interface InflateInfo {
  readonly buffer: Buffer
  readonly engine: {
    /** Packed bytes that were taken in. */
    readonly bytesWritten: number
  }
}

/** @throws TypeError if it was inflated without the option `info`. */
export function inflateInfo(result: object): InflateInfo {
  if (!hasInfo(result)) throw new TypeError('inflated without the option info')
  return result
}

const hasInfo = (result: object): result is InflateInfo => 'engine' in result
