import type { ProxyChoice } from './proxy-choice'
import { ProxyError } from './proxy-error'

/** Host and variable of a proxy, without its user name and password. @throws as `urlOf`. */
export const nameOf = (proxy: ProxyChoice) => `the proxy ${urlOf(proxy).host} (${proxy.variable})`

/** The error of a proxy that wants to know who asks. */
export const needsLogin = (proxy: ProxyChoice) =>
  new ProxyError(
    `${nameOf(proxy)} asks for a user name and a password (407); write them into ${proxy.variable}, as in http://USER:PASSWORD@HOST:PORT`,
    true,
  )

/** The URL of a proxy. @throws ProxyError for a text that is not a URL; it may hold a password and is not shown. */
export function urlOf({ url, variable }: ProxyChoice): URL {
  if (!URL.canParse(url))
    throw new ProxyError(`${variable} is not the URL of a proxy, such as http://proxy:3128`, true)
  return new URL(url)
}
