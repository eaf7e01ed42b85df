'use client'

import { usePathname } from 'next/navigation'
import { nameIn } from '../../lib/catalog/paths'

/** The name that a dataset or label page is about: the last step of its path, decoded. */
export const useRouteName = (): string => nameIn((usePathname() ?? '').split('/').at(-1) ?? '')
