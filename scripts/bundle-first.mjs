import { join } from 'node:path'
import { ROOT } from './root.mjs'

/** Modules of Next that the first paint does without, and what stands in for each. */
const STAND_INS = {
  'next/link': 'link.tsx',
  'next/navigation': 'navigation.ts',
  'next/dynamic': 'dynamic.tsx',
}

/**
 * Bundle what paints pages on the server (`app/_first/render-first.tsx`) into one file for Node.
 *
 * @param {string} outfile
 */
export async function bundleFirst(outfile) {
  const { build } = await import('esbuild')
  await build({
    entryPoints: [join(ROOT, 'app/_first/render-first.tsx')],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: Object.fromEntries(
      Object.entries(STAND_INS).map(([name, file]) => [name, join(ROOT, 'app/_first', file)]),
    ),
    // Packages of React's kind are CommonJS, and require modules of Node.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: [withoutLaterCode],
    logLevel: 'warning',
  })
}

/**
 * What pages load later (`import()`) never runs in a first paint: the engine, charts, the editor.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutLaterCode = {
  name: 'without-later-code',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    )
  },
}
