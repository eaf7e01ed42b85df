import { UserError } from '../errors'
import { namedDataset, namedLabel } from './manifest-names.node.ts'
import { nameIn } from './paths'

const FINDERS: Readonly<Record<string, (name: string) => Promise<object | null>>> = {
  datasets: namedDataset,
  labels: namedLabel,
}

/**
 * Whether an address is that of a dataset or label that the shown manifest lacks.
 *
 * @param path As in the request, percent-encoded.
 * @returns False for all other addresses, and while there is no manifest: the page says so then.
 */
export async function namesNothing(path: string): Promise<boolean> {
  const [, folder, name] = /^\/(datasets|labels)\/([^/]+)\/?$/.exec(path) ?? []
  const find = folder === undefined ? undefined : FINDERS[folder]
  if (!find || name === undefined) return false
  try {
    return (await find(nameIn(name))) === null
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}
