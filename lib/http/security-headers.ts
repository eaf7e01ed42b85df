import { UserError } from '../errors'

/**
 * Other origins that pages may fetch from, such as the host of a manifest or an archive.
 *
 * @param text Origins with spaces between them: the value of SAMED2D_CONNECT.
 * @throws UserError for anything else.
 */
export function connectOrigins(text: string | undefined): string[] {
  return (text ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map(origin => {
      // The URL standard allows `;` in a host; in a policy it would begin another directive.
      const plain = /^https?:\/\/[\w.:[\]-]+\/?$/.test(origin) && URL.canParse(origin)
      if (!plain)
        throw new UserError(
          `SAMED2D_CONNECT: "${origin}" is not an origin such as https://data.example.org`,
        )
      return new URL(origin).origin
    })
}

/**
 * The Content-Security-Policy of pages, workers and all other answers.
 *
 * @param connect Other origins that pages may fetch from.
 * @param inline Sources of the inline scripts of a page, as `inlineScriptSources` makes them.
 */
export function contentPolicy(connect: readonly string[], inline: readonly string[] = []): string {
  return [
    "default-src 'self'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...inline].join(' '),
    // Charts set the style attribute of their marks.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    ["connect-src 'self'", ...connect].join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Headers of every answer. */
export const securityHeaders = (connect: readonly string[]): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': contentPolicy(connect),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
})
