import { commandLine } from '../../lib/command-line'

/** Shown on every page while the server has no manifest that it can read. */
export function ManifestProblem({ message, samed2d }: { message: string; samed2d: string }) {
  return (
    <main role="alert" className="grow px-6 py-10">
      <h1 className="mb-2 text-xl font-semibold">Could not read a manifest</h1>
      <p className="mb-4 max-w-3xl break-words">{message}</p>
      <p className="mb-1">Create a manifest with one of these commands:</p>
      <pre className="overflow-x-auto bg-raised p-3 text-[12px]">
        {commandLine(samed2d, 'reference', '--out', 'manifests/reference')}
        {'\n'}
        {commandLine(samed2d, 'ingest', '/path/to/SAMed2Dv1', '--out', 'manifests/release')}
      </pre>
      <p className="mt-4">
        <a href="/" className="underline">
          Reload this page{' '}
        </a>{' '}
        afterwards. The server does not need a restart.
      </p>
    </main>
  )
}
