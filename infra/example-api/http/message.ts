/** Reads messages as requests: of a queue, and what somebody passes to a function directly. No caller stands behind them. */
import type { SQSRecord } from 'aws-lambda';
import type { Request } from './request.ts';

/** A message does not say where it goes: who takes it does. */
export type MessagePlace = Pick<Request, 'method' | 'resource'>;

export function queueRequest({ body }: SQSRecord, place: MessagePlace): Request {
  return message(body, place);
}

export function directRequest(event: unknown, place: MessagePlace): Request {
  return message(JSON.stringify(event), place);
}

function message(body: string | undefined, place: MessagePlace): Request {
  return { ...place, pathParameters: {}, headers: {}, body, principal: undefined };
}
