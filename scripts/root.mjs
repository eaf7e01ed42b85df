import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the project, wherever it was started from. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
