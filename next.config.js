import { BASE_PLACEHOLDER } from './lib/first/placeholders.mjs'

/** Where `npm run dev` runs the server of everything but pages. */
const DATA_SERVER = process.env.SAMED2D_DATA_SERVER

/**
 * @param {string} phase
 * @returns {import('next').NextConfig}
 */
export default function config(phase) {
  /** @type {import('next').NextConfig} */
  const common = {
    reactStrictMode: true,
    poweredByHeader: false,
    images: { unoptimized: true },
    // `npm test` checks the types; a build need not do it again.
    typescript: { ignoreBuildErrors: true },
    agentRules: false,
    devIndicators: false,
  }
  if (phase !== 'phase-development-server')
    return { ...common, output: 'export', basePath: BASE_PLACEHOLDER }
  return {
    ...common,
    // `next dev` calls itself localhost, and would refuse its own other name.
    allowedDevOrigins: ['127.0.0.1'],
    rewrites: async () => ({
      beforeFiles: ['api', 'engine', 'manifest'].map(folder => ({
        source: `/${folder}/:path*`,
        destination: `${DATA_SERVER}/${folder}/:path*`,
      })),
    }),
  }
}
