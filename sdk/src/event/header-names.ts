/** Recognises the headers that correlation reads among all that came, in any case, at a few nanoseconds a name. */
import { isCompanionName } from '../correlation/companions.ts';
import type { CorrelationHeaders } from '../correlation/correlation-headers.ts';

export type CorrelationName = keyof CorrelationHeaders;

const ANYONE_MAY_SEND =
  'traceparent tracestate baggage x-amzn-trace-id x-correlation-id call-chain-length ' +
  'x-datadog-trace-id x-datadog-parent-id x-datadog-tags';
/** Ask for a request to be kept. */
const TRUSTED_MAY_SEND = 'debug-log-enabled x-datadog-sampling-priority';

const MAX_LENGTH = 32;
const SHAPES = MAX_LENGTH * 128;

export type HeaderNames = (name: string) => CorrelationName | undefined;

/** For what clients send. */
export const untrustedNames: HeaderNames = recogniser(ANYONE_MAY_SEND);
export const trustedNames: HeaderNames = recogniser(`${ANYONE_MAY_SEND} ${TRUSTED_MAY_SEND}`);

/** Length and third letter rule out nearly all others before anything is put into lower case. */
function recogniser(names: string): HeaderNames {
  const byShape = new Array<string | undefined>(SHAPES).fill(undefined);
  for (const name of names.split(' ')) byShape[shape(name)] = name;
  return (name) => {
    const known = byShape[shape(name)];
    if (known !== undefined && (name === known || name.toLowerCase() === known)) {
      return known as CorrelationName;
    }
    // `x-correlation-…` beside `x-correlation-id` itself.
    if (name.charCodeAt(1) !== 45 || (name.charCodeAt(2) | 32) !== 99 || name.length > 64) return undefined;
    const lower = name.toLowerCase();
    return isCompanionName(lower) ? (lower as CorrelationName) : undefined;
  };
}

/** Distinct for all names above; 0 for what is as long or odd as none of them. */
function shape(name: string): number {
  const third = name.charCodeAt(2) | 32;
  return name.length < MAX_LENGTH && third < 128 ? name.length * 128 + third : 0;
}
