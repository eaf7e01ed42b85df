'use client'

import { useEffect, useMemo } from 'react'
import { messageOf } from '../../lib/errors'
import { formatAddress, readAddress } from '../../lib/subset/address'
import { type Recipe, recipeOf } from '../../lib/subset/recipe'
import { RECIPE_KEYS } from '../../lib/subset/recipe-query'
import { unknownParameter } from '../../lib/subset/unknown-parameter'
import { keepLong, longKept, shortAddress } from '../picks/long-subset'
import { putQueryString, useQueryString } from '../use-query-string'

const KEPT = 'samed2d.subset'

export interface RecipeState {
  readonly recipe: Recipe
  readonly problem: string | null
  /** Whether the recipe is too long for a URL. The URL then has a short name, and this browser stores the recipe. */
  readonly isLong: boolean
}

/** The recipe in the URL, with the manifest's id added. If the URL has no recipe, the last recipe of this browser. */
export function useRecipe(manifestId: string): RecipeState {
  const query = useQueryString()
  const state = useMemo(() => stateOf(query), [query])
  useEffect(() => {
    const last = query === '' ? lastKept() : null
    if (last) return void putQueryString(last, { sameEntry: true })
    if (query === '' || state.problem) return
    // A shared URL must name the manifest that it was made with.
    if (!state.recipe.manifest) putRecipe({ ...state.recipe, manifest: manifestId }, true)
    else keep(query)
  }, [query, state, manifestId])
  return state
}

function stateOf(query: string): RecipeState {
  const kept = new URLSearchParams(query).get('kept')
  try {
    if (kept === null) {
      const known = new URLSearchParams(query).has('z') ? ['z'] : RECIPE_KEYS
      const problem = unknownParameter(query, known, 'this page')
      const recipe = query === '' || problem ? recipeOf('') : readAddress(query)
      return { recipe, problem, isLong: false }
    }
    const address = longKept(kept)
    if (address !== null) return { recipe: readAddress(address), problem: null, isLong: true }
  } catch (error) {
    return { recipe: recipeOf(''), problem: messageOf(error), isLong: false }
  }
  const problem =
    'This URL refers to a subset that is too long for a URL and is not stored in this browser. Open the subset file instead.'
  return { recipe: recipeOf(''), problem, isLong: false }
}

/**
 * Write a recipe to the URL. `sameEntry` replaces the latest history entry, so that changes of a number do not fill the
 * history.
 */
export function putRecipe(recipe: Recipe, sameEntry = false): void {
  const address = formatAddress(recipe)
  keepLong(address)
  putQueryString(shortAddress(address), { sameEntry })
}

function keep(query: string): void {
  try {
    localStorage.setItem(KEPT, query)
  } catch {
    // Storage is disabled, but the URL still has the recipe.
  }
}

function lastKept(): string | null {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}
