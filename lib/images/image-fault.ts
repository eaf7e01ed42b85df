/** Why a picture cannot be shown. */
export type FaultReason =
  | 'no-store'
  | 'unknown-image'
  | 'missing'
  | 'unreadable'
  | 'forbidden'
  | 'outside'
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
  forbidden: 403,
  outside: 403,
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

/**
 * A link that leads out of the folders that may be read. The message, which visitors of a page see, has no path of this
 * machine.
 */
export class OutsideLink extends ImageFault {
  override name = 'OutsideLink'

  /**
   * @param link Path of the link within the image folder.
   * @param target Absolute path of the file that it leads to.
   */
  constructor(
    readonly link: string,
    readonly target: string,
  ) {
    super(
      'outside',
      `${link}: a link that leads out of the folders that may be read; --allow-root allows further folders`,
    )
  }
}
