import type { Dispatcher, Pool, ProxyAgent } from 'undici'
import { hasProxy, type ProxyChoice, proxyFor } from './proxy-choice'
import { ProxyError } from './proxy-error'

/**
 * `fetch` that uses the proxies of the environment (`proxyFor`) on every version of Node. Without any, it is the
 * global `fetch`, and the library for proxies is not loaded.
 *
 * @throws ProxyError if the request failed at a proxy; else as `fetch`.
 */
export const proxyFetch: typeof fetch = async (input, init) => {
  if (!hasProxy(process.env)) return fetch(input, init)
  loaded ??= loadFetch()
  const throughProxy = await loaded
  try {
    return await throughProxy(input, init)
  } catch (error) {
    throw reasonOf(error, input instanceof Request ? input.url : String(input))
  }
}

let loaded: Promise<typeof fetch> | undefined

/** The library's `fetch` with its connections, which choose a proxy for each request: redirects change hosts. */
async function loadFetch(): Promise<typeof fetch> {
  const undici = await import('undici')
  const direct = new undici.Agent()
  const agents = new Map<string, ProxyAgent>()
  const agentFor = (origin: string): Dispatcher => {
    const proxy = proxyFor(new URL(origin), process.env)
    if (!proxy) return direct
    const agent = agents.get(proxy.url) ?? new undici.ProxyAgent(optionsOf(proxy, undici.Pool))
    agents.set(proxy.url, agent)
    return agent
  }
  class ByOrigin extends undici.Dispatcher {
    override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) {
      return agentFor(String(options.origin)).dispatch(options, handler)
    }
  }
  const dispatcher = new ByOrigin()
  // The library's types are newer than those of Node 20; the function is the same.
  const libraryFetch: unknown = undici.fetch
  return (input, init) =>
    (libraryFetch as typeof fetch)(input, Object.assign({}, init, { dispatcher }))
}

function optionsOf(proxy: ProxyChoice, MakePool: typeof Pool): ProxyAgent.Options {
  const { protocol, username, password } = urlOf(proxy)
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new ProxyError(
      `${proxy.variable} names a proxy of another kind (${protocol.slice(0, -1)}); only http and https proxies work`,
      true,
    )
  const makePool = (origin: URL | string, options: object) =>
    new MakePool(origin, explaining(options, proxy))
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return {
    uri: proxy.url,
    // As curl does: a tunnel for https only.
    proxyTunnel: false,
    clientFactory: makePool,
    factory: makePool,
    ...(username && { token: `Basic ${Buffer.from(login).toString('base64')}` }),
  }
}

type Connect = (options: object, callback: (error: Error | null, socket: unknown) => void) => void

/** Options of a pool whose errors while connecting name the proxy. */
function explaining(options: object, proxy: ProxyChoice): object {
  const { connect } = options as { connect?: Connect }
  if (!connect) return options
  const explained: Connect = (to, callback) =>
    connect(to, (error, socket) => callback(error && proxyError(error, proxy), socket))
  return { ...options, connect: explained }
}

/** Errors of a certificate are those of the host behind the tunnel, or name the proxy themselves. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO|TLS|SSL/

function proxyError(error: Error & { code?: string }, proxy: ProxyChoice): Error {
  if (error instanceof ProxyError) return error
  const name = nameOf(proxy)
  const status = Number(/^Proxy response \((\d+)\)/.exec(error.message)?.[1] ?? 0)
  if (status === 407) return needsLogin(proxy)
  if (status > 0)
    return new ProxyError(`${name} does not connect (it answers ${status})`, status < 500, {
      cause: error,
    })
  if (CERTIFICATE.test(error.code ?? '')) return error
  const isLasting = error.code === 'ENOTFOUND'
  return new ProxyError(`${name} cannot be reached (${error.code ?? error.message})`, isLasting, {
    cause: error,
  })
}

/** The error of a proxy, if that is what a failed `fetch` wraps. */
function reasonOf(error: unknown, url: string): unknown {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof ProxyError) return at
    const proxy = proxyFor(new URL(url), process.env)
    if (proxy && /Proxy Authentication Required/.test(at.message)) return needsLogin(proxy)
  }
  return error
}

const needsLogin = (proxy: ProxyChoice) =>
  new ProxyError(
    `${nameOf(proxy)} asks for a user name and a password (407); write them into ${proxy.variable}, as in http://USER:PASSWORD@HOST:PORT`,
    true,
  )

/** @throws ProxyError for a text that is not a URL; it may hold a password and is not shown. */
function urlOf({ url, variable }: ProxyChoice): URL {
  if (!URL.canParse(url))
    throw new ProxyError(`${variable} is not the URL of a proxy, such as http://proxy:3128`, true)
  return new URL(url)
}

/** Host and variable of a proxy, without its user name and password. */
const nameOf = (proxy: ProxyChoice) => `the proxy ${urlOf(proxy).host} (${proxy.variable})`
