/** A request that failed at the proxy. The message names the proxy's host, never its user name or password. */
export class ProxyError extends Error {
  override name = 'ProxyError'

  /** @param isLasting Whether trying again cannot help. */
  constructor(
    message: string,
    readonly isLasting: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
