import { afterAll, beforeAll, expect, test } from 'vitest'
import { axisPlane } from '../../lib/axes/known-axes'
import { AXES, columnOf, tableOf } from '../../lib/manifest/tables'
import { EXAMPLES } from '../../lib/workbench/examples'
import { LOADED, loadedColumns, sqlTables, VIEWS } from '../../lib/workbench/schema'
import { type RandomRelease, randomRelease } from '../random-release'

let release: RandomRelease
beforeAll(async () => {
  release = await randomRelease(7)
  const { engine } = release.staging
  // The same names and types as in the page, with the columns that it loads and no others.
  await engine.run('CREATE SCHEMA page')
  for (const name of LOADED)
    await engine.run(
      `CREATE VIEW page.${name} AS SELECT ${loadedColumns(name)
        .map(column => `"${column}"::${columnOf(name, column).type} AS "${column}"`)
        .join(', ')} FROM main.${name}`,
    )
  await engine.run('SET search_path = page')
  for (const { name, select } of VIEWS) await engine.run(`CREATE VIEW ${name} AS ${select}`)
})
afterAll(() => release.staging.dispose())

const rows = (text: string) =>
  release.staging.engine.rows<Record<string, unknown>>({ text, params: [] })

test.each(EXAMPLES)(
  'the example "$title" runs on the tables that the page loads',
  async ({ sql }) => {
    expect((await rows(sql)).length).toBeGreaterThanOrEqual(0)
  },
)

test('views have a row for each image and mask, and the columns that are listed', async () => {
  for (const [view, table] of [
    ['named_images', 'images'],
    ['named_masks', 'masks'],
  ]) {
    const [counts] = await rows(
      `SELECT (SELECT count(*) FROM ${view})::DOUBLE AS view, (SELECT count(*) FROM ${table})::DOUBLE AS rows`,
    )
    expect(counts!.view).toBe(counts!.rows)
    const listed = sqlTables(() => false).find(one => one.name === view)!
    const described = await rows(`SELECT column_name, column_type FROM (DESCRIBE ${view})`)
    expect(described.map(one => one.column_name)).toEqual(listed.columns.map(one => one.name))
    expect(described.map(one => one.column_type)).toEqual(listed.columns.map(one => one.type))
  }
})

test('what masks repeat of their images is left to a join', () => {
  expect(loadedColumns('masks')).toEqual(['image_id', 'label_id', 'instance', 'area', 'area_bin'])
  expect(Object.keys(tableOf('masks').columns).length).toBeGreaterThan(5)
})

test('views name the plane of a slice where it is known of its dataset', async () => {
  const found = await rows('SELECT DISTINCT dataset, axis, axis_name, axis_known FROM named_images')
  const expected = found.map(({ dataset, axis }) => {
    const known = AXES.find(one => one === axis)
    return known ? axisPlane(String(dataset), known) : null
  })
  // The release has a dataset with names and others without.
  expect(new Set(expected.map(one => one === null)).size).toBe(2)
  expect(found.map(one => one.axis_name)).toEqual(expected.map(one => one?.plane ?? null))
  expect(found.map(one => one.axis_known)).toEqual(
    expected.map(one => one && (one.presumed ? 'presumed' : 'seen')),
  )
})
