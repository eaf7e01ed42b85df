import { expect, test } from 'vitest'
import { describeAxes } from '../../lib/axes/describe'
import { filterHelp } from '../../lib/filter/help'
import { describeManifest } from '../../lib/manifest/describe'

// Both documents are made from the code's own tables: `npm test -- --unit -u` writes them anew.

test('docs/manifest.md says what the code reads and writes', async () => {
  await expect(describeManifest()).toMatchFileSnapshot('../../docs/manifest.md')
})

test('docs/filters.md has the grammar that the page and the CLI understand', async () => {
  const text = `# Filters\n\n\`\`\`text\n${filterHelp().trim()}\n\`\`\`\n\n${describeAxes()}`
  await expect(text).toMatchFileSnapshot('../../docs/filters.md')
})
