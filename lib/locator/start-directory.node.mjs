/** Entry point of the directory thread. Registers the TypeScript loader, then runs directory-thread.node.ts. */
import { register } from 'tsx/esm/api'

register()
await import('./directory-thread.node.ts')
