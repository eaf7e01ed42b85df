#!/usr/bin/env node
/**
 * Entry point of all npm scripts: `node scripts/main.mjs demo|test|bench|dev|build [ARGS]`.
 * Needs nothing but Node: it installs the packages first, so a bare clone is enough.
 */

const OLDEST = { major: 20, minor: 9 }

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
  console.error(
    `samed2d: this is Node ${process.versions.node}; install Node ${OLDEST.major}.${OLDEST.minor} or newer (https://nodejs.org)`,
  )
  process.exit(1)
}

// Only now: an older Node might not even parse the rest.
const { task } = await import('./task.mjs')
process.exitCode = await task(process.argv.slice(2))
