'use client'

import { FilterPage } from '../filter-page/filter-page'
import { SampleStrip } from '../gallery/sample-strip'
import { OverviewCharts } from './overview-charts'

/** The whole overview for the filter in the URL. */
export function Overview() {
  return (
    <FilterPage title="Overview">
      {({ state: { filter }, result: { counts, pending, error }, all }) =>
        all && (
          <>
            <OverviewCharts
              filter={filter}
              counts={counts ?? all}
              all={all}
              pending={pending}
              error={error}
            />
            <SampleStrip filter={filter} />
          </>
        )
      }
    </FilterPage>
  )
}
