/** Puts an answer to where CloudFormation waits for it, again where that fails. */

/** The answer could not be put: CloudFormation goes on waiting, up to the resource's timeout. */
export class AnswerError extends Error {
  readonly code = 'SETUP_ANSWER_PUT';
  override readonly name = 'AnswerError';
}

export interface AnswerPorts {
  readonly fetch: typeof globalThis.fetch;
  readonly sleep: (ms: number) => Promise<unknown>;
}

const TRIES = 5;
const TRY_MS = 5_000;

/** Its URL is a secret and in no error. @throws AnswerError */
export async function putAnswer(url: string, body: string, { fetch, sleep }: AnswerPorts): Promise<void> {
  let why = '';
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (tries > 0) await sleep(500 * 2 ** tries);
    try {
      // Bytes, because a text would bring a content type, which is not in the signature.
      const bytes = new TextEncoder().encode(body);
      const response = await fetch(url, { method: 'PUT', body: bytes, signal: AbortSignal.timeout(TRY_MS) });
      await response.arrayBuffer();
      if (response.ok) return;
      why = `${response.status}`;
    } catch (error) {
      const { name, cause } = error as Error;
      why = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.name) : name;
    }
  }
  throw new AnswerError(`answer to CloudFormation: expected it to be taken, got ${why} ${TRIES} times`);
}
