import { lockPath } from '../../store/path-lock.node.ts'

/** Lock the target of a fetch. Parameters, result and errors as `lockPath`. */
export const lockFetch = (path: string, out: string): Promise<() => Promise<void>> =>
  lockPath(path, out, 'fetch')
