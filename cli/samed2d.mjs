#!/usr/bin/env node
/** `samed2d`: lets Node read TypeScript, then hands over to main.ts. */

const { register } = await import('tsx/esm/api').catch(() => {
  console.error('samed2d: its packages are not installed; run npm ci in its folder, then again')
  process.exit(1)
})
register()
const { main } = await import('./main.ts')
process.exitCode = await main(process.argv.slice(2))
