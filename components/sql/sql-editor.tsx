'use client'

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { PostgreSQL, sql } from '@codemirror/lang-sql'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState, Prec } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import type { SqlTable } from '../../lib/workbench/schema'

// Uses the CSS variables of the page, so that a change of theme needs no code here.
const THEME = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'var(--background)', color: 'var(--text)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '1px' },
  '.cm-content': { fontFamily: 'ui-monospace, monospace', caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--background)',
    color: 'var(--muted)',
    border: 'none',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--raised)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--ghost)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--background)',
    color: 'var(--text)',
    border: '1px solid var(--line)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
  },
})

const COLORS = HighlightStyle.define([
  { tag: tags.keyword, fontWeight: '600' },
  { tag: [tags.string, tags.number, tags.bool, tags.null], color: 'var(--focus)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
])

/** Editor of a statement, with completion of tables and columns. Ctrl or Cmd and Enter runs it. */
export default function SqlEditor({
  text,
  tables,
  onText,
  onRun,
}: {
  /** The text; a change from outside replaces what was typed. */
  text: string
  tables: readonly SqlTable[]
  onText: (text: string) => void
  onRun: (text: string) => void
}) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const write = useEffectEvent(onText)
  const run = useEffectEvent(onRun)
  const first = useRef(text)

  useEffect(() => {
    if (!host.current) return
    const runAll = ({ state }: EditorView) => {
      run(state.doc.toString())
      return true
    }
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          lineNumbers(),
          history(),
          bracketMatching(),
          closeBrackets(),
          autocompletion(),
          highlightActiveLine(),
          EditorView.lineWrapping,
          // Tab is not bound, so that it leaves the editor.
          Prec.highest(keymap.of([{ key: 'Mod-Enter', run: runAll }])),
          keymap.of([
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...historyKeymap,
            ...defaultKeymap,
          ]),
          sql({ dialect: PostgreSQL, schema: schemaOf(tables), upperCaseKeywords: true }),
          syntaxHighlighting(COLORS),
          THEME,
          EditorView.contentAttributes.of({ 'aria-label': 'SQL statement' }),
          EditorView.updateListener.of(update => {
            if (update.docChanged) write(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [tables])

  // A layout effect: after a key press in between, an older text would replace what was just typed.
  useLayoutEffect(() => {
    const editor = view.current
    first.current = text
    if (!editor || editor.state.doc.toString() === text) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } })
  }, [text])

  return (
    <div
      ref={host}
      data-testid="sql-editor"
      className="max-h-[40dvh] min-h-32 overflow-auto border border-line [&_.cm-editor]:min-h-32"
    />
  )
}

const schemaOf = (tables: readonly SqlTable[]) =>
  Object.fromEntries(
    tables.map(({ name, columns }) => [
      name,
      columns.map(column => ({ label: column.name, detail: column.type, info: column.doc })),
    ]),
  )
