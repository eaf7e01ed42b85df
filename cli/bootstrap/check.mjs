import { mustRun, NEXT, packageFile } from './run.mjs'
import { test } from './test.mjs'

/** Types, lint without a warning, and all tests, which also make the build. */
export async function check() {
  const node = process.execPath
  // Writes the types of the routes and of imported styles, which tsc needs.
  await mustRun('next typegen', node, [NEXT, 'typegen'])
  await mustRun('the type check', node, [packageFile('typescript/bin/tsc'), '--noEmit'])
  await mustRun('the linter', node, [
    ...[packageFile('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'],
  ])
  await test([])
}
