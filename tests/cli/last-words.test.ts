import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'

/** What a process says that leaves last words and then does something. */
function saidBy(what: string): Promise<{ stderr: string; end: number | string | null }> {
  const text = `const { leaveLastWords } = await import('./cli/last-words.ts')
    const takeBack = leaveLastWords('these were its words')
    ${what}`
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', text],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let stderr = ''
  child.stderr.on('data', data => {
    stderr += data
  })
  return new Promise(resolve =>
    child.on('close', (code, signal) => resolve({ stderr, end: signal ?? code })),
  )
}

test.each(['SIGSEGV', 'SIGKILL', 'SIGABRT'])('%s is not silent', async signal => {
  const { stderr, end } = await saidBy(`process.kill(process.pid, '${signal}')`)
  expect([stderr, end]).toEqual(['these were its words\n', signal])
})

test('ends that the process knows of are', async () => {
  expect(await saidBy('process.exit(3)')).toEqual({ stderr: '', end: 3 })
  expect(await saidBy('')).toEqual({ stderr: '', end: 0 })
  expect(await saidBy(`takeBack(); process.kill(process.pid, 'SIGKILL')`)).toEqual({
    stderr: '',
    end: 'SIGKILL',
  })
  expect((await saidBy(`throw new Error('a bug')`)).stderr).not.toMatch(/its words/)
})
