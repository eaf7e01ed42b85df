/** Why a PNG file cannot be decoded. The message does not name the file: the caller does. */
export class PngFault extends Error {
  override name = 'PngFault'

  /** @param reason `corrupt`: not as the PNG standard has it; `too-large`: more than this program decodes. */
  constructor(
    readonly reason: 'corrupt' | 'too-large',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export const corrupt = (message: string, cause?: unknown): PngFault =>
  new PngFault('corrupt', message, cause === undefined ? undefined : { cause })
