import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import ts from 'typescript'

export interface Import {
  /** File of the project (path from its root, with `/`), or name of a package. */
  readonly to: string
  readonly isPackage: boolean
  /** Only types: gone when the program runs. */
  readonly isType: boolean
}

export interface SourceFile {
  readonly path: string
  readonly isClient: boolean
  readonly imports: readonly Import[]
}

const ROOT = join(import.meta.dirname, '..')
const SOURCE = /\.(ts|tsx|mjs|js|mts)$/
const EXTENSIONS = ['', '.ts', '.tsx', '.mts', '.mjs', '.js', '/index.ts', '/index.tsx']

/** All source files of the folders, by path, with what they import in whatever way. */
export function readImportGraph(folders: readonly string[]): Map<string, SourceFile> {
  const paths = folders
    .filter(folder => existsSync(join(ROOT, folder)))
    .flatMap(folder =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(name =>
        join(folder, name).replaceAll(sep, '/'),
      ),
    )
    .filter(path => SOURCE.test(path))
  return new Map(
    paths.map(path => [path, parseImports(path, readFileSync(join(ROOT, path), 'utf8'))]),
  )
}

/**
 * What one file imports: import and export declarations, `import()`, `import('…').Type`, and
 * workers by `new URL('…', import.meta.url)`.
 */
export function parseImports(path: string, text: string): SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : undefined
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind)
  const imports: Import[] = []
  const add = (specifier: ts.Node | undefined, isType: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier))
      imports.push({ ...resolveImport(path, specifier.text), isType })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, importsTypes(node.importClause))
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    else if (isRelativeUrl(node)) add(node.arguments?.[0], false)
    ts.forEachChild(node, visit)
  }
  visit(file)
  const [first] = file.statements
  const isClient =
    first !== undefined &&
    ts.isExpressionStatement(first) &&
    ts.isStringLiteral(first.expression) &&
    first.expression.text === 'use client'
  return { path, isClient, imports }
}

function importsTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const names = clause.namedBindings
  return (
    !clause.name &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.length > 0 &&
    names.elements.every(element => element.isTypeOnly)
  )
}

const isRelativeUrl = (node: ts.Node): node is ts.NewExpression =>
  ts.isNewExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === 'URL' &&
  node.arguments?.[1] !== undefined &&
  ts.isPropertyAccessExpression(node.arguments[1]) &&
  ts.isMetaProperty(node.arguments[1].expression)

function resolveImport(from: string, specifier: string): Pick<Import, 'to' | 'isPackage'> {
  if (!specifier.startsWith('.')) {
    const parts = specifier.split('/')
    const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]
    return { to: specifier.startsWith('node:') ? 'node:' : (name ?? specifier), isPackage: true }
  }
  const base = join(ROOT, dirname(from), specifier)
  const found = EXTENSIONS.map(extension => base + extension).find(
    path => existsSync(path) && statSync(path).isFile(),
  )
  // One that is not there is left for the compiler to report.
  return { to: relative(ROOT, found ?? base).replaceAll(sep, '/'), isPackage: false }
}

/** Files reached from `start` when the program runs, each with the file that led there. */
export function reachedFrom(
  start: readonly string[],
  graph: ReadonlyMap<string, SourceFile>,
): Map<string, string> {
  const via = new Map(start.map(path => [path, '']))
  for (const path of via.keys())
    for (const { to, isType, isPackage } of graph.get(path)?.imports ?? [])
      if (!isType && !isPackage && !via.has(to)) via.set(to, path)
  return via
}

/** Each cycle once, as the paths along it; edges of types alone count too. */
export function findCycles(graph: ReadonlyMap<string, SourceFile>): string[][] {
  const cycles: string[][] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]) => {
    const seen = trail.indexOf(path)
    if (seen >= 0) return void cycles.push([...trail.slice(seen), path])
    if (done.has(path)) return
    for (const { to, isPackage } of graph.get(path)?.imports ?? [])
      if (!isPackage) visit(to, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return cycles
}
