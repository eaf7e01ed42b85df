import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { EngineProvider } from '../components/engine-provider'
import type { PageManifest } from '../components/engine-state'
import { Header } from '../components/layout/header'
import { ManifestProblem } from '../components/layout/manifest-problem'
import { SimulatedBanner } from '../components/layout/simulated-banner'
import { THEME_SCRIPT } from '../components/layout/theme-script'
import { Palette } from '../components/palette/palette'
import { UserError } from '../lib/errors'
import { currentManifest } from '../lib/manifest/current-manifest.node.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'SA-Med2D Explorer', template: '%s · SA-Med2D Explorer' },
  description:
    'Browse, filter and count the images and masks of SA-Med2D-20M, exactly, in the browser.',
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

// Every answer depends on the manifest as it is now, and on its own nonce.
export const dynamic = 'force-dynamic'

export default async function Layout({ children }: { children: ReactNode }) {
  const nonce = /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1]
  const manifest = await pageManifest()
  return (
    <html
      lang="en"
      data-state={typeof manifest === 'string' ? 'error' : 'summary'}
      suppressHydrationWarning
    >
      <body className="flex min-h-dvh flex-col font-sans md:has-data-fill:h-dvh">
        <script
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of our own
          dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }}
        />
        <Header />
        {typeof manifest === 'string' ? (
          <ManifestProblem message={manifest} />
        ) : (
          <EngineProvider manifest={manifest}>
            <SimulatedBanner />
            <Palette />
            {children}
          </EngineProvider>
        )}
      </body>
    </html>
  )
}

/** What the page needs of the manifest, or why there is none. */
async function pageManifest(): Promise<PageManifest | string> {
  try {
    const { manifest, url } = await currentManifest()
    const { id, name, simulated, created, source, files, summary } = manifest
    const { rejects, measured, duplicates } = manifest
    return {
      ...{ id, name, simulated, created, source, files, summary, rejects, measured, duplicates },
      baseUrl: url ?? '/manifest/',
    }
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
}
