/** Why a picture cannot be shown. */
export type FaultReason =
  | 'no-store'
  | 'unknown-image'
  | 'missing'
  | 'unreadable'
  | 'corrupt'
  | 'too-large'
  | 'wrong-size'
  | 'source'
  | 'busy'
  | 'other-manifest'

const STATUS: Readonly<Record<FaultReason, number>> = {
  'no-store': 404,
  'unknown-image': 404,
  missing: 404,
  unreadable: 502,
  corrupt: 422,
  'too-large': 422,
  'wrong-size': 422,
  source: 502,
  busy: 503,
  'other-manifest': 409,
}

/** A picture that cannot be shown. The message is for the reader. */
export class ImageFault extends Error {
  override name = 'ImageFault'

  /** @param message What is wrong, with which file, and what to do where that helps. */
  constructor(
    readonly reason: FaultReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  /** HTTP status of the answer. */
  get status(): number {
    return STATUS[this.reason]
  }
}
