/** How the pipeline's functions reach AWS: over kept connections of HTTP/1.1, and never waiting for an answer without end. */
import { NodeHttpHandler } from '@smithy/node-http-handler';

const CONNECT_MS = 2_000;
/** Of one attempt; the clients make three. */
const ANSWER_MS = 10_000;

export function keepAliveHandler(): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: CONNECT_MS,
    requestTimeout: ANSWER_MS,
    throwOnRequestTimeout: true,
  });
}
