import { type NextRequest, NextResponse } from 'next/server'
import { namesNothing } from './lib/catalog/unknown-name.node.ts'
import { baseContentPolicy, nonceContentPolicy } from './lib/http/security-headers.mjs'

/**
 * Gives pages about unknown names their status, adds the nonce policy, and lets pages and their workers
 * read from the hosts that the server is started with. The headers of next.config.js stand without it,
 * and are stricter in this.
 */
export async function proxy(request: NextRequest) {
  const status = await statusOf(request)
  // React's development build needs eval, and the browser's tools inline scripts.
  if (process.env.NODE_ENV === 'development') return NextResponse.next({ status })
  // A worker has the policy of its own script.
  if (request.nextUrl.pathname.startsWith('/_next/')) return withPolicy(NextResponse.next(), base())
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = nonceContentPolicy(nonce)
  const headers = new Headers(request.headers)
  // From here Next takes the nonce for its own scripts.
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers }, status })
  // A proxy's header replaces the one of next.config.js, so both policies go into it: the new one
  // first, because Next looks for the nonce in the first script-src.
  return withPolicy(response, `${policy}, ${base()}`)
}

const base = () => baseContentPolicy({ connect: process.env.SAMED2D_CONNECT })

function withPolicy(response: NextResponse, policy: string): NextResponse {
  response.headers.set('Content-Security-Policy', policy)
  return response
}

/**
 * A page cannot set its status but by `notFound()`, which Next answers with an empty document that
 * only scripts fill.
 */
async function statusOf({ nextUrl }: NextRequest): Promise<number> {
  return (await namesNothing(nextUrl.pathname)) ? 404 : 200
}

export const config = {
  matcher: [
    '/_next/static/chunks/(turbopack-worker-.*)',
    {
      source: '/((?!_next/|api/|engine/|manifest/).*)',
      // Navigations inside the page are no documents: Next reads them at 200 only. It hides their
      // headers from a proxy, but not from here.
      missing: [
        { type: 'header', key: 'next-router-prefetch' },
        { type: 'header', key: 'rsc' },
      ],
    },
  ],
}
