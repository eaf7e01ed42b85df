import { Agent, Dispatcher, Pool, ProxyAgent, fetch as undiciFetch } from 'undici'
import { nameOf, needsLogin, urlOf } from './name-proxy'
import { type ProxyChoice, proxyFor } from './proxy-choice'
import { ProxyError } from './proxy-error'

/**
 * The library's `fetch` with connections of its own, which choose a proxy for each request: redirects change hosts.
 * A file of its own, so that it is loaded only where the environment names a proxy.
 *
 * @returns A function that throws as `fetch`; errors of a proxy are ProxyErrors, or have one as their cause.
 */
export function libraryFetch(): typeof fetch {
  const direct = new Agent()
  const agents = new Map<string, ProxyAgent>()
  const agentFor = (origin: string): Dispatcher => {
    const proxy = proxyFor(new URL(origin), process.env)
    if (!proxy) return direct
    const agent = agents.get(proxy.url) ?? new ProxyAgent(optionsOf(proxy))
    agents.set(proxy.url, agent)
    return agent
  }
  class ByOrigin extends Dispatcher {
    override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) {
      return agentFor(String(options.origin)).dispatch(options, handler)
    }
  }
  const dispatcher = new ByOrigin()
  // The library's types are newer than those of Node 20; the function is the same.
  const plain: unknown = undiciFetch
  return (input, init) => (plain as typeof fetch)(input, Object.assign({}, init, { dispatcher }))
}

function optionsOf(proxy: ProxyChoice): ProxyAgent.Options {
  const { protocol, username, password } = urlOf(proxy)
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new ProxyError(
      `${proxy.variable} names a proxy of another kind (${protocol.slice(0, -1)}); only http and https proxies work`,
      true,
    )
  const makePool = (origin: URL | string, options: object) =>
    new Pool(origin, explaining(options, proxy))
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
