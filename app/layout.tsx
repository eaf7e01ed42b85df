import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { AppRoot } from '../components/first/app-root'
import { THEME_SCRIPT } from '../components/layout/theme-script'
import { ANSWERS_ID, ANSWERS_PLACEHOLDER } from '../lib/first/placeholders.mjs'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'SA-Med2D Explorer', template: '%s · SA-Med2D Explorer' },
  description:
    'Browse, filter and count the images and masks of SA-Med2D-20M, exactly, in the browser.',
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

/** Exported once for all manifests. The server fills in a manifest's data when a page is requested. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" data-state="summary" suppressHydrationWarning>
      <body className="flex min-h-dvh flex-col font-sans md:has-data-fill:h-dvh">
        <script
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of our own
          dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }}
        />
        <noscript>
          <style>{'[data-waits] { display: none }'}</style>
          <p className="border-b border-notice-line bg-notice px-4 py-1 text-[12px]">
            Without JavaScript you see the numbers of this page’s filter; filtering, the gallery and
            subsets need it.
          </p>
        </noscript>
        <AppRoot>{children}</AppRoot>
        <script
          id={ANSWERS_ID}
          type="application/json"
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant; the server puts JSON in its place
          dangerouslySetInnerHTML={{ __html: ANSWERS_PLACEHOLDER }}
        />
      </body>
    </html>
  )
}
