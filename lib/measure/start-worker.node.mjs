/** A thread that measures: lets Node read TypeScript, then hands over to worker.node.ts. */
import { register } from 'tsx/esm/api'

register()
await import('./worker.node.ts')
