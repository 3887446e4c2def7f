/** Hands on the other ids that DAZN's tools send beside the correlation id, such as `x-correlation-user-id`. */
import { CORRELATION_HEADER, type CorrelationHeaders } from './correlation-headers.ts';
import { isCorrelationId } from './correlation-id.ts';

export type Companions = Readonly<Record<string, string>>;

export const MAX_COMPANIONS = 8;
const NAME = /^x-correlation-[a-z0-9_-]{1,48}$/;
const NONE: Companions = Object.freeze({});

export function isCompanionName(name: string): boolean {
  return name !== CORRELATION_HEADER && NAME.test(name);
}

/** At most eight, each as good as a correlation id. */
export function companionsIn(headers: CorrelationHeaders): Companions {
  let found: Record<string, string> | undefined;
  let count = 0;
  for (const name in headers) {
    if (name.charCodeAt(0) !== 120 || !isCompanionName(name)) continue;
    const value: unknown = headers[name as `x-correlation-${string}`];
    if (typeof value !== 'string' || !isCorrelationId(value)) continue;
    if (count === MAX_COMPANIONS) break;
    found ??= {};
    found[name] = value;
    count += 1;
  }
  return found ?? NONE;
}
