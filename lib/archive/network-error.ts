import { UserError } from '../errors'

/** The network or the server failed, or refuses; it says nothing about the bytes that were read so far. */
export class NetworkError extends UserError {
  override name = 'NetworkError'
}

/** Whether an error is one of the network, or comes from one. */
export function isOfNetwork(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof NetworkError) return true
  return false
}
