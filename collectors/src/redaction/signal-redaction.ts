/** Hides secrets in signals as they are hidden in the documents of the same lines, so that both still meet under one name. */
import { principalKey, type Signal, seriesKey } from '@trailgate/sdk/wire';
import type { KeyedSignal } from '../kinds/kind.ts';
import { identityText } from './identity.ts';
import type { LineRedaction } from './line-redaction.ts';

const IDENTITIES: Readonly<Record<string, string>> = {
  principal: 'principal',
  tenant: 'tenant',
  user: 'user.id',
};
/** Not of the message: what a signal is, and where the envelope says that it comes from. */
const TRUSTED: ReadonlySet<string> = new Set(['kind', 'at', 'from', 'functionName']);

/** Numbers, and names of the envelope. */
const HOLDS_NO_TEXT: ReadonlySet<Signal['kind']> = new Set(['platform', 'seen', 'tick']);

/** The same list where nothing is hidden. The same principal always gives the same key. */
export function redactedSignals(
  signals: readonly KeyedSignal[],
  redaction: LineRedaction,
): readonly KeyedSignal[] {
  let changed = false;
  const redacted = signals.map((keyed) => {
    if (HOLDS_NO_TEXT.has(keyed.signal.kind)) return keyed;
    const signal = redactedMembers(keyed.signal, redaction);
    if (signal === keyed.signal) return keyed;
    changed = true;
    return { key: keyOf(signal, keyed.key), signal };
  });
  return changed ? redacted : signals;
}

function keyOf(signal: Signal, key: string): string {
  switch (signal.kind) {
    case 'trail':
    case 'usage':
      return principalKey(signal.tenant, signal.principal);
    case 'series':
      return seriesKey(signal.service);
    case 'counted':
    case 'platform':
    case 'seen':
    case 'tick':
      return key;
  }
}

/** The same object where nothing is hidden; numbers stay, whatever the text beside them names. */
function redactedMembers<Value extends object>(value: Value, redaction: LineRedaction): Value {
  const changes = Object.entries(value).flatMap(([name, member]: [string, unknown]): [string, unknown][] => {
    const written = TRUSTED.has(name) ? member : redactedMember(name, member, redaction);
    return written === member ? [] : [[name, written]];
  });
  return changes.length === 0 ? value : { ...value, ...Object.fromEntries(changes) };
}

function redactedMember(name: string, value: unknown, redaction: LineRedaction): unknown {
  if (typeof value === 'string') {
    const identity = IDENTITIES[name];
    return identity === undefined ? redaction.text(value) : identityText(identity, value, redaction);
  }
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => redactedMember('', item, redaction));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  return typeof value === 'object' && value !== null ? redactedMembers(value, redaction) : value;
}
