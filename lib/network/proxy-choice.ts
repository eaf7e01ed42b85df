/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The proxy for a request. */
export interface ProxyChoice {
  /** URL of the proxy as it was given, with a scheme. It may hold a password: never print it. */
  readonly url: string
  /** The environment variable that it comes from. */
  readonly variable: string
}

/** For each scheme of a URL the variables that name its proxy, the first one that is set counts. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  'http:': ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
  'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
}

const PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

/** Whether the environment names any proxy. */
export const hasProxy = (env: Environment): boolean =>
  Object.values(VARIABLES).some(names => names.some(name => env[name]))

/**
 * The proxy that the environment names for a URL, as curl reads it: HTTP_PROXY and HTTPS_PROXY by scheme, then
 * ALL_PROXY; lower case before upper case. A proxy without a scheme is an http proxy.
 *
 * NO_PROXY is a list with commas or spaces: `example.org` and `.example.org` both mean the host and all hosts below
 * it, `host:8080` only that port, `*` every host. IPv6 addresses stand with or without brackets. Networks such as
 * 10.0.0.0/8 are not understood.
 *
 * @returns Null for a direct connection.
 */
export function proxyFor(url: URL, env: Environment): ProxyChoice | null {
  const variable = VARIABLES[url.protocol]?.find(name => env[name])
  const value = variable && env[variable]
  if (!variable || !value || isExcluded(url, env.no_proxy ?? env.NO_PROXY ?? '')) return null
  return { url: /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`, variable }
}

function isExcluded(url: URL, list: string): boolean {
  const host = withoutDot(bare(url.hostname))
  const port = url.port || PORTS[url.protocol]
  return list
    .split(/[\s,]+/)
    .filter(Boolean)
    .some(entry => {
      if (entry === '*') return true
      const wanted = entryOf(entry)
      if (wanted.port !== null && wanted.port !== port) return false
      return host === wanted.host || (wanted.host !== '' && host.endsWith(`.${wanted.host}`))
    })
}

/** Host and port of an entry of NO_PROXY; an IPv6 address has a port only behind its brackets. */
function entryOf(entry: string): { host: string; port: string | null } {
  const [, bracketed, , outside] = /^(\[[^\]]*\])(:(\d+))?$/.exec(entry) ?? []
  if (bracketed) return { host: withoutDot(bare(bracketed)), port: outside ?? null }
  const [, name, port] = /^([^:]*):(\d+)$/.exec(entry) ?? []
  const host = (name ?? entry).replace(/^\*?\./, '')
  return { host: withoutDot(bare(host)), port: port ?? null }
}

/** In lower case, without brackets; an IPv6 address in its shortest form. */
function bare(host: string): string {
  const inner = host.replace(/^\[|\]$/g, '').toLowerCase()
  if (!inner.includes(':')) return inner
  const url = `http://[${inner}]`
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : inner
}

/** `example.org.` is `example.org`. */
const withoutDot = (host: string) => host.replace(/\.$/, '')
