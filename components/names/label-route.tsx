'use client'

import { useNames } from '../engine-provider'
import { LabelPage } from './label-page'
import { UnknownLabel } from './unknown-label'
import { useRouteName } from './use-route-name'

/** The page of the label that the URL names, whether the manifest has it or not. */
export function LabelRoute() {
  const name = useRouteName()
  const { labels, labelExtents } = useNames()
  const meanings = labels.filter(({ label }) => label === name)
  if (meanings.length === 0) return <UnknownLabel name={name} />
  return (
    <LabelPage key={name} name={name} meanings={meanings} extent={labelExtents[name] ?? null} />
  )
}
