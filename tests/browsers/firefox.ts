import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { startProgram } from './programs'
import { asExpression, type Tab } from './tab'

/** Firefox speaks WebDriver BiDi itself: it needs no driver between. */
export async function openFirefox(path: string): Promise<Tab> {
  const profile = await mkdtemp(join(tmpdir(), 'samed2d-firefox-'))
  const options = ['--headless', '--no-remote', '--remote-debugging-port', '0']
  const firefox = startProgram(path, [...options, '--profile', profile])
  const server = await firefox.says(/WebDriver BiDi listening on (ws:\S+)/)
  const connection = await connect(`${server}/session`)
  const { send } = connection
  await send('session.new', { capabilities: {} })
  const { contexts } = await send<{ contexts: { context: string }[] }>(
    'browsingContext.getTree',
    {},
  )
  const context = contexts[0]?.context
  await send('browsingContext.setViewport', { context, viewport: { width: 1280, height: 900 } })
  return {
    goto: async url =>
      void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
    back: async () => void (await send('browsingContext.traverseHistory', { context, delta: -1 })),
    async evaluate(call, ...args) {
      const { result, exceptionDetails } = await send<{
        result?: { value: string }
        exceptionDetails?: { text: string }
      }>('script.evaluate', {
        expression: asExpression(call, args),
        target: { context },
        awaitPromise: false,
      })
      if (!result) throw new Error(exceptionDetails?.text)
      return JSON.parse(result.value)
    },
    async click(selector) {
      const { nodes } = await send<{ nodes: { sharedId: string }[] }>(
        'browsingContext.locateNodes',
        { context, locator: { type: 'css', value: selector }, maxNodeCount: 1 },
      )
      const [element] = nodes
      if (!element) throw new Error(`nothing matches ${selector}`)
      await send('script.callFunction', {
        functionDeclaration: `node => node.scrollIntoView({ block: 'center', behavior: 'instant' })`,
        arguments: [element],
        target: { context },
        awaitPromise: false,
      })
      await send('input.performActions', {
        context,
        actions: [
          {
            type: 'pointer',
            id: 'mouse',
            actions: [
              { type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element } },
              { type: 'pointerDown', button: 0 },
              { type: 'pointerUp', button: 0 },
            ],
          },
        ],
      })
    },
    async close() {
      connection.close()
      await firefox.stop()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

interface Answer {
  readonly id: number
  readonly type: 'success' | 'error' | 'event'
  readonly result?: unknown
  readonly message?: string
}

/** A WebDriver BiDi connection; its commands are those of the standard. */
async function connect(url: string) {
  const socket = new WebSocket(url)
  const waiting = new Map<number, (answer: Answer) => void>()
  socket.on('message', data => {
    const answer: Answer = JSON.parse(data.toString())
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  socket.on('close', () => {
    for (const [id, tell] of waiting) tell({ id, type: 'error', message: 'Firefox is gone' })
  })
  let last = 0
  const send = <Result>(method: string, params: object) =>
    new Promise<Result>((resolve, reject) => {
      const id = ++last
      waiting.set(id, ({ type, result, message }) =>
        type === 'success' ? resolve(result as Result) : reject(new Error(`${method}: ${message}`)),
      )
      socket.send(JSON.stringify({ id, method, params }))
    })
  return { send, close: () => socket.close() }
}
