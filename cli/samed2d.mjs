#!/usr/bin/env node
/**
 * `samed2d`. A clone has the sources, which run as they are, through tsx; the npm package has none,
 * and runs what was bundled from them.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const source = new URL('./main.ts', import.meta.url)
const isClone = existsSync(fileURLToPath(source))

if (isClone) {
  const { register } = await import('tsx/esm/api').catch(() => {
    console.error('samed2d: its packages are not installed; run npm ci in its folder, then again')
    process.exit(1)
  })
  register()
}
const { main } = await import(isClone ? source.href : '../dist/command/main.mjs')
process.exitCode = await main(process.argv.slice(2))
