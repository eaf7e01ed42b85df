import { needsLogin } from './name-proxy'
import { hasProxy, proxyFor } from './proxy-choice'
import { ProxyError } from './proxy-error'

/**
 * `fetch` that uses the proxies of the environment (`proxyFor`) on every version of Node. Without any, it is the
 * global `fetch`, and the library for proxies is not loaded.
 *
 * @throws ProxyError if the request failed at a proxy; else as `fetch`.
 */
export const proxyFetch: typeof fetch = async (input, init) => {
  if (!hasProxy(process.env)) return fetch(input, init)
  loaded ??= import('./library-fetch.node.ts').then(({ libraryFetch }) => libraryFetch())
  const throughProxy = await loaded
  try {
    return await throughProxy(input, init)
  } catch (error) {
    throw reasonOf(error, input instanceof Request ? input.url : String(input))
  }
}

let loaded: Promise<typeof fetch> | undefined

/** The error of a proxy, if that is what a failed `fetch` wraps. */
function reasonOf(error: unknown, url: string): unknown {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof ProxyError) return at
    const proxy = proxyFor(new URL(url), process.env)
    if (proxy && /Proxy Authentication Required/.test(at.message)) return needsLogin(proxy)
  }
  return error
}
