import { readdir, readFile } from 'node:fs/promises'
import { beforeAll, expect, test } from 'vitest'
import { main } from '../../cli/main'
import { fakeEffects } from '../cli/fake-effects'

const OPTION = /--[a-z][a-z_-]*/g

/** Options of each command, as its help lists them. */
const optionsOf = new Map<string, Set<string>>()
/** Name → text of README and documents; a command that goes on in the next line is one line. */
const documents = new Map<string, string>()

async function helpOf(...args: string[]): Promise<string> {
  const effects = fakeEffects()
  expect(await main([...args, '--help'], effects)).toBe(0)
  return effects.output()
}

beforeAll(async () => {
  const [, commands = ''] = (await helpOf()).split('Commands:')
  for (const [, command = ''] of commands.matchAll(/^ {2}([a-z]+)/gm))
    if (command !== 'help')
      optionsOf.set(
        command,
        new Set(
          [...(await helpOf(command)).matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(m => m[1]!),
        ),
      )
  const names = (await readdir('docs')).filter(name => name.endsWith('.md'))
  for (const path of ['README.md', ...names.map(name => `docs/${name}`)])
    documents.set(path, (await readFile(path, 'utf8')).replace(/\\\n\s*/g, ''))
})

test('every option of a command line in a document is one of that command', () => {
  const found: string[] = []
  const unknown: string[] = []
  for (const [path, text] of documents)
    for (const [line, command = '', rest = ''] of text.matchAll(
      /samed2d (?:-- )?([a-z]+)\b([^`|;#\n]*)/g,
    ))
      for (const [option] of rest.matchAll(OPTION)) {
        found.push(option)
        if (!optionsOf.get(command)?.has(option)) unknown.push(`${path}: ${line}: ${option}`)
      }
  expect(unknown).toEqual([])
  expect(found.length).toBeGreaterThan(40)
})

/** Of other programs, and names of earlier versions, which still work but are not in the help. */
const FOREIGN = ['--data_path', '--form', '--side']

test('every option that a document names is one of some command', () => {
  const all = new Set([...FOREIGN, ...[...optionsOf.values()].flatMap(options => [...options])])
  const unknown = [...documents].flatMap(([path, text]) =>
    [...text.matchAll(/`(--[a-z][a-z_-]*)/g)].flatMap(([, option = '']) =>
      all.has(option) ? [] : [`${path}: ${option}`],
    ),
  )
  expect(unknown).toEqual([])
})

test('every option of a command is in some document', () => {
  const named = new Set(
    [...documents.values()].flatMap(text => [...text.matchAll(OPTION)].map(([option]) => option)),
  )
  const left = [...optionsOf].flatMap(([command, options]) =>
    [...options].flatMap(option => (named.has(option) ? [] : [`${command} ${option}`])),
  )
  expect(left.filter(one => !one.endsWith(' --help'))).toEqual([])
  expect(optionsOf.size).toBe(14)
})
