import { type NextRequest, NextResponse } from 'next/server'
import { baseContentPolicy, nonceContentPolicy } from './lib/http/security-headers.mjs'

/**
 * Adds the nonce policy to pages. This is hardening only: the headers of next.config.js stand
 * without it, and no answer depends on it.
 */
export function proxy(request: NextRequest) {
  // React's development build needs eval, and the browser's tools inline scripts.
  if (process.env.NODE_ENV === 'development') return NextResponse.next()
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = nonceContentPolicy(nonce)
  const headers = new Headers(request.headers)
  // From here Next takes the nonce for its own scripts.
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  // A proxy's header replaces the one of next.config.js, so both policies go into it: the new one
  // first, because Next looks for the nonce in the first script-src.
  const base = baseContentPolicy({ connect: process.env.SAMED2D_CONNECT })
  response.headers.set('Content-Security-Policy', `${policy}, ${base}`)
  return response
}

export const config = {
  matcher: [
    {
      source: '/((?!_next/|api/|engine/|manifest/).*)',
      missing: [{ type: 'header', key: 'next-router-prefetch' }],
    },
  ],
}
