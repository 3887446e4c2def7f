/** Executions of state machines carry the attribute as a member of their input. */

import { byteSize } from './byte-size.ts';
import { mayGrow } from './ceiling.ts';
import { placeInText } from './json-payload.ts';
import { type Fields, withMember } from './plain-object.ts';

/** Step Functions quotas, input of an execution, bytes of UTF-8. */
const CEILINGS = [262_144];

/**
 * An execution with a name is left alone unless `namedExecutions` says otherwise: the name makes a start
 * idempotent only while the input is the same, and the ids differ from one attempt to the next.
 */
export function startExecution(input: Fields, carrier: string, namedExecutions: boolean): Fields {
  return input.name === undefined || namedExecutions ? startSyncExecution(input, carrier) : input;
}

/** Synchronous executions are never idempotent. */
export function startSyncExecution(input: Fields, carrier: string): Fields {
  // The service starts an execution without input with an empty object.
  const given = input.input ?? '{}';
  if (typeof given !== 'string') return input;
  const text = placeInText(given, carrier);
  if (text === undefined || !mayGrow(byteSize(given), byteSize(text), CEILINGS)) return input;
  return withMember(input, 'input', text);
}
