import { securityHeaders } from './lib/http/security-headers.mjs'

/**
 * @param {string} phase
 * @returns {import('next').NextConfig}
 */
export default function config(phase) {
  const development = phase === 'phase-development-server'
  return {
    reactStrictMode: true,
    poweredByHeader: false,
    // Thumbnails come from our own route; nothing here decodes pictures on a stranger's behalf.
    images: { unoptimized: true },
    serverExternalPackages: [
      ...['@duckdb/node-api', 'sharp'],
      ...['@resvg/resvg-js', 'fontkit', 'pdfkit', 'svg-to-pdfkit'],
    ],
    // `npm test` checks the types; a build need not do it again.
    typescript: { ignoreBuildErrors: true },
    agentRules: false,
    // `next dev` calls itself localhost, and would refuse its own other name.
    allowedDevOrigins: ['127.0.0.1'],
    devIndicators: false,
    // Files go through pages/api: route handlers of app/ cannot set their length and encoding.
    rewrites: async () => ({
      beforeFiles: [
        { source: '/engine/:file', destination: '/api/engine/:file' },
        { source: '/manifest/:path*', destination: '/api/manifest/:path*' },
      ],
    }),
    headers: async () => [
      {
        source: '/:path*',
        // A build is for any manifest: proxy.ts adds the origins that the server is started with.
        headers: securityHeaders({
          development,
          ...(development && { connect: process.env.SAMED2D_CONNECT }),
        }),
      },
    ],
  }
}
