'use client'

import { Moon, Sun } from 'lucide-react'
import Link from 'next/link'
import { useTheme, useToggleTheme } from './use-theme'

export function Header() {
  const theme = useTheme()
  const toggle = useToggleTheme()
  return (
    <header className="flex h-10 items-center gap-5 border-b border-line px-4">
      <Link href="/" className="font-semibold">
        SA-Med2D Explorer
      </Link>
      <nav aria-label="Pages" className="flex gap-4">
        <Link href="/" className="hover:underline">
          Overview
        </Link>
      </nav>
      <button
        type="button"
        onClick={toggle}
        className="ml-auto flex items-center gap-1.5 rounded-sm px-1.5 py-1 text-muted hover:text-text"
      >
        {theme === 'dark' ? <Sun size={14} aria-hidden /> : <Moon size={14} aria-hidden />}
        {theme === 'dark' ? 'Light theme' : 'Dark theme'}
      </button>
    </header>
  )
}
