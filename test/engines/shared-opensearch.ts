/** One OpenSearch for all test files of a run: started when the first of them asks, ended with the run. */
import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { type RunningOpenSearch, startOpenSearch } from './opensearch.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the engine's address, and with 503 and a sentence when it cannot be had. */
    openSearchDesk: string;
  }
}

/** Vitest's global set-up: runs beside the test files, which are other threads or processes. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  let engine: Promise<RunningOpenSearch> | undefined;
  const desk = createServer((_, response) => {
    engine ??= startOpenSearch(process.env.OPENSEARCH_URL);
    engine.then(
      ({ url }) => response.end(url),
      (error: Error) => response.writeHead(503).end(error.message),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  const address = desk.address();
  if (address === null || typeof address === 'string') throw new TypeError('desk: expected a port');
  project.provide('openSearchDesk', `http://127.0.0.1:${address.port}`);
  return async () => {
    desk.closeAllConnections();
    desk.close();
    // One that could not be started has been told to whoever asked.
    await engine?.then(({ stop }) => stop()).catch(() => undefined);
  };
}
