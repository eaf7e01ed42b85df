import { createServer } from 'node:net'

/**
 * Whether a port can be listened on.
 *
 * @param {number} port 0 asks for any free one.
 * @param {string} host
 * @returns {Promise<number | null>} The port, or null if it is taken.
 */
export function tryPort(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}
