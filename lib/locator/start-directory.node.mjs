/** A thread that reads a directory: lets Node read TypeScript, then hands over. */
import { register } from 'tsx/esm/api'

register()
await import('./directory-thread.node.ts')
