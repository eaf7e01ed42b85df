import { UserError } from '../errors'

/** Who a server may be called. */
export interface HostRule {
  /** Value of `--host`: the address or name that the server listens on. */
  readonly bound: string
  /** Names that are allowed besides, in lower case: those of `--allow-host`, and of the machine. */
  readonly names: readonly string[]
}

/** Names of this machine on itself. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** Addresses that mean all addresses of the machine. */
const EVERYWHERE = ['0.0.0.0', '[::]']

/** Host, with a port or without; nothing that a URL may have besides. */
const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i

/**
 * Whether a server answers for a host. A page of another site can make a browser send requests here under that
 * site's name, once its name server says that the name has our address (DNS rebinding). It cannot do so with an IP
 * address, or with a name that is not its own.
 *
 * @param host Value of a Host header, or the authority of a request's URL.
 */
export function isAllowedHost(host: string | undefined, { bound, names }: HostRule): boolean {
  const name = host === undefined ? null : hostName(host)
  if (name === null) return false
  const own = hostName(bound.includes(':') && !bound.startsWith('[') ? `[${bound}]` : bound)
  if (LOOPBACK.includes(name) || name === own || names.includes(name)) return true
  return own !== null && EVERYWHERE.includes(own) && isAddress(name)
}

/**
 * The host of `host:port` in one form: lower case, no final dot, IPv6 in its shortest form.
 *
 * @returns Null if it is not a host.
 */
export function hostName(text: string): string | null {
  const host = HOST.exec(text.trim())?.[1]?.replace(/\.$/, '')
  if (!host) return null
  const url = `http://${host}/`
  return URL.canParse(url) ? new URL(url).hostname : null
}

/** Whether a host, as `hostName` gives it, is an IP address. */
const isAddress = (host: string): boolean => host.startsWith('[') || /^[\d.]+$/.test(host)

/**
 * Names of `--allow-host`.
 *
 * @throws UserError for a text that is not a host name.
 */
export function allowedNames(texts: readonly string[]): string[] {
  return texts.map(text => {
    const name = hostName(text)
    if (name === null)
      throw new UserError(
        `--allow-host ${text}: not a host name; give a name such as explorer.example.org, without http://`,
        2,
      )
    return name
  })
}

/** The authority of a request's URL in absolute form (RFC 9112, 3.2.2), and the rest; null for the usual form. */
export function absoluteTarget(url: string): { authority: string; target: string } | null {
  const [, authority, rest] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(url) ?? []
  if (authority === undefined || rest === undefined) return null
  return { authority, target: rest.startsWith('/') ? rest : `/${rest}` }
}
