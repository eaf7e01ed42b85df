import type { Metadata } from 'next'
import { UserError } from '../lib/errors'

/** Title of the page of a dataset or label, whether the manifest has it or not. */
export async function nameTitle(
  name: string,
  find: (name: string) => Promise<object | null>,
): Promise<Metadata> {
  try {
    return { title: (await find(name)) ? name : `${name} is not in this manifest` }
  } catch (error) {
    // Without a manifest the layout says what is wrong.
    if (error instanceof UserError) return { title: name }
    throw error
  }
}
