import { useId } from 'react'
import { type AllFacetName, FACETS } from '../../lib/filter/facets'
import { withAll } from '../../lib/filter/filter'
import { updateFilter } from '../use-filter'

/** Whether an image needs any of a facet's ticked values, or all of them. */
export function AnyAll({ name, all }: { name: AllFacetName; all: boolean }) {
  const id = useId()
  const choice = (wanted: boolean, text: string) => (
    <label className="flex min-h-[24px] items-center gap-1 max-md:min-h-[36px]">
      <input
        type="radio"
        name={id}
        checked={all === wanted}
        onChange={() => updateFilter(filter => withAll(filter, name, wanted))}
        className="accent-data"
      />
      {text}
    </label>
  )
  return (
    <fieldset className="flex flex-wrap items-center gap-x-3">
      <legend className="text-[11px] text-muted">
        Images with the ticked {FACETS[name].title.toLowerCase()}s:
      </legend>
      {choice(false, 'any of them')}
      {choice(true, 'all of them in one image')}
    </fieldset>
  )
}
