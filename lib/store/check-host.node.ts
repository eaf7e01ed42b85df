import { proxyFetch } from '../network/proxy-fetch.node.ts'

/** What a manifest's host lets pages of another origin do. */
export interface HostAnswer {
  /** Whether it says that pages of the origin may read. */
  readonly allowsPages: boolean
  /** Whether it answers ranges: other readers of Parquet need them, and archives beside it. */
  readonly answersRanges: boolean
}

/** Ask a host for a few bytes of a file, as a page of the origin would. */
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
