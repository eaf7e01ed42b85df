/** Entry point of a measuring thread. Registers the TypeScript loader, then runs worker.node.ts. */
import { register } from 'tsx/esm/api'

register()
await import('./worker.node.ts')
