import { proxyFetch } from '../network/proxy-fetch.node.ts'

/** Access that a manifest's host gives to pages of another origin. */
export interface HostAnswer {
  /** Whether the CORS header allows pages of the origin to read the file. */
  readonly allowsPages: boolean
  /** Whether the host serves byte ranges. Other Parquet readers need them, and so do archives on the same host. */
  readonly answersRanges: boolean
}

/** Request the first four bytes of a file, as a page of the origin would. */
export async function askHost(url: string, origin: string): Promise<HostAnswer> {
  const response = await proxyFetch(url, {
    headers: { origin, range: 'bytes=0-3' },
    signal: AbortSignal.timeout(30_000),
  })
  await response.body?.cancel()
  const allowed = response.headers.get('access-control-allow-origin')
  return {
    allowsPages: allowed === '*' || allowed === origin,
    answersRanges: response.status === 206,
  }
}
