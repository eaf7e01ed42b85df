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

/** A picture that cannot be shown, for a reason that the one who asked should read. */
export class ImageFault extends Error {
  override name = 'ImageFault'

  /** @param message What, which file, and where it helps, what to do. */
  constructor(
    readonly reason: FaultReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  /** Status of the answer. */
  get status(): number {
    return STATUS[this.reason]
  }
}
