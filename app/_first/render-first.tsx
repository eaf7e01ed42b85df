import type { ComponentType } from 'react'
import { renderToString } from 'react-dom/server'
import { AppFrame } from '../../components/first/app-frame'
import type { RenderFirst } from '../../lib/first/first-answers'
import DatasetPage from '../datasets/[name]/page'
import FiguresPage from '../figures/page'
import GalleryPage from '../gallery/page'
import LabelPage from '../labels/[name]/page'
import LedgerPage from '../ledger/page'
import NotFound from '../not-found'
import OverviewPage from '../page'
import SqlPage from '../sql/page'
import SubsetPage from '../subset/page'
import { PlaceContext } from './navigation'

/**
 * Renders a page as it is before its scripts run. The build bundles this file for Node, with the replacements of
 * Next's modules in this folder, so that it needs neither Next nor a JSX compiler at run time.
 */
export const renderFirst: RenderFirst = (first, place) => {
  const Page = pageAt(place.path)
  return renderToString(
    <PlaceContext value={place}>
      <AppFrame first={first}>
        <Page />
      </AppFrame>
    </PlaceContext>,
  )
}

const PAGES: Readonly<Record<string, ComponentType>> = {
  '/': OverviewPage,
  '/gallery': GalleryPage,
  '/figures': FiguresPage,
  '/subset': SubsetPage,
  '/ledger': LedgerPage,
  '/sql': SqlPage,
}

function pageAt(path: string): ComponentType {
  if (/^\/datasets\/[^/]+$/.test(path)) return DatasetPage
  if (/^\/labels\/[^/]+$/.test(path)) return LabelPage
  return PAGES[path] ?? NotFound
}
