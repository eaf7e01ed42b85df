'use client'

import { Moon, Search, Sun } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { carriedPath } from '../../lib/catalog/carried'
import { PAGES } from '../../lib/catalog/pages'
import { openPalette, useHasPalette } from '../palette/palette-state'
import { PageLink } from '../ui/page-link'
import { useQueryString } from '../use-query-string'
import { useTheme, useToggleTheme } from './use-theme'

export function Header() {
  const theme = useTheme()
  const toggle = useToggleTheme()
  const hasPalette = useHasPalette()
  const from = usePathname() ?? ''
  const search = useQueryString()
  return (
    <header className="flex min-h-10 items-center gap-x-5 border-b border-line px-4 max-md:flex-wrap max-md:gap-x-3">
      <PageLink href="/" className="font-semibold whitespace-nowrap">
        SA-Med2D<span className="max-md:sr-only"> Explorer</span>
      </PageLink>
      {/* On a phone all pages are on a second line, below the name. */}
      <nav
        aria-label="Pages"
        className="flex min-w-0 gap-4 whitespace-nowrap max-md:order-last max-md:w-full max-md:flex-wrap max-md:justify-between max-md:gap-x-3 max-md:gap-y-0"
      >
        {PAGES.map(({ path, title }) => (
          <PageLink
            key={path}
            href={carriedPath(path, from, search)}
            aria-current={path === from ? 'page' : undefined}
            className="hover:underline aria-[current=page]:font-semibold max-md:flex max-md:min-h-9 max-md:items-center"
          >
            {title}
          </PageLink>
        ))}
      </nav>
      <div className="ml-auto flex shrink-0 items-center gap-2 max-md:gap-0">
        {hasPalette && (
          <button
            type="button"
            onClick={() => openPalette('search')}
            aria-keyshortcuts="Control+K Meta+K /"
            title="Search (/, Ctrl K or ⌘ K)"
            className="flex items-center gap-1.5 rounded-sm px-1.5 py-1 text-muted hover:text-text max-md:min-h-9 max-md:px-2.5"
          >
            <Search size={14} aria-hidden />
            <span className="max-md:sr-only">Search</span>
            <span
              aria-hidden="true"
              className="rounded-sm border border-line px-1 text-[11px] leading-tight max-md:hidden"
            >
              /
            </span>
          </button>
        )}
        <button
          type="button"
          onClick={toggle}
          className="flex items-center gap-1.5 rounded-sm px-1.5 py-1 text-muted hover:text-text max-md:min-h-9 max-md:px-2.5"
        >
          {theme === 'dark' ? <Sun size={14} aria-hidden /> : <Moon size={14} aria-hidden />}
          <span className="max-md:sr-only">{theme === 'dark' ? 'Light theme' : 'Dark theme'}</span>
        </button>
      </div>
    </header>
  )
}
