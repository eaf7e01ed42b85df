/**
 * The headers that every answer carries. Plain JavaScript, because next.config.js reads it as it is.
 */

/**
 * Origins beside our own that pages may fetch from, such as the host of a manifest or an archive.
 *
 * @param {string | undefined} text Origins with spaces between them: the value of SAMED2D_CONNECT.
 * @returns {string[]}
 */
export function connectOrigins(text) {
  return (text ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map(origin => {
      // A host may hold `;` by the URL standard; in a policy it would begin another directive.
      const plain = /^https?:\/\/[\w.:[\]-]+\/?$/.test(origin) && URL.canParse(origin)
      if (!plain)
        throw new Error(
          `SAMED2D_CONNECT: "${origin}" is not an origin such as https://data.example.org`,
        )
      return new URL(origin).origin
    })
}

/**
 * The base Content-Security-Policy: stands on its own, pages get `nonceContentPolicy` on top.
 *
 * @param {{ connect?: string, development?: boolean }} [options] Value of SAMED2D_CONNECT; React's
 *   development build needs eval.
 */
export function baseContentPolicy({ connect, development = false } = {}) {
  return [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    ["connect-src 'self'", ...connectOrigins(connect)].join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * A second policy for pages, as hardening: inline scripts run only with the nonce. Workers are
 * named because 'strict-dynamic' would otherwise decide about them.
 *
 * @param {string} nonce Base64.
 */
export function nonceContentPolicy(nonce) {
  return [
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'`,
    "worker-src 'self' blob:",
  ].join('; ')
}

/** @param {Parameters<typeof baseContentPolicy>[0]} [options] */
export const securityHeaders = options => [
  { key: 'Content-Security-Policy', value: baseContentPolicy(options) },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
]
