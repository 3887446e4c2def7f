/** Turns the event of whichever gateway called into the request that routes know. */
import { readCall, UnexpectedCallError } from './call.ts';
import { functionUrlRequest } from './function-url.ts';
import { httpApiRequest } from './http-api.ts';
import type { Request } from './request.ts';
import { restRequest } from './rest.ts';

/** Throws `UnexpectedCallError` for what came over no HTTP. */
export function toRequest(event: unknown): Request {
  const call = readCall(event);
  switch (call.kind) {
    case 'rest':
      return restRequest(call.event);
    case 'http-api':
      return httpApiRequest(call.event);
    case 'function-url':
      return functionUrlRequest(call.event);
    case 'queue':
    case 'direct':
      throw new UnexpectedCallError('a request over HTTP', call.kind);
  }
}
