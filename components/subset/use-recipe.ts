'use client'

import { useEffect, useMemo } from 'react'
import { messageOf } from '../../lib/errors'
import { formatRecipe, type Recipe, readRecipe, recipeOf } from '../../lib/subset/recipe'
import { putQueryString, useQueryString } from '../use-query-string'

const KEPT = 'samed2d.subset'

/** The recipe in the address; the one worked on last where the address has none. */
export function useRecipe(): { recipe: Recipe; query: string; problem: string | null } {
  const query = useQueryString()
  useEffect(() => {
    if (query !== '') return keep(query)
    const last = lastKept()
    if (last) putQueryString(last, { sameEntry: true })
  }, [query])
  return useMemo(() => {
    try {
      return { recipe: query === '' ? recipeOf('') : readRecipe(query), query, problem: null }
    } catch (error) {
      const problem = messageOf(error)
      return { recipe: recipeOf(''), query, problem }
    }
  }, [query])
}

/** Put a recipe into the address; a change of a number rewrites the latest entry of the history. */
export const putRecipe = (recipe: Recipe, sameEntry = false): void =>
  void putQueryString(formatRecipe(recipe), { sameEntry })

function keep(query: string): void {
  try {
    localStorage.setItem(KEPT, query)
  } catch {
    // This browser keeps nothing for the page; the address has it.
  }
}

function lastKept(): string | null {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}
