/** The shape in which CloudWatch Logs delivers log events to a subscriber. */

export interface SubscriptionRecord {
  readonly messageType: 'DATA_MESSAGE' | 'CONTROL_MESSAGE';
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  /** Not yet checked one by one: a bad event must not take its neighbours with it. */
  readonly logEvents: readonly unknown[];
}

export type SubscriptionReading =
  | { readonly is: 'subscription'; readonly record: SubscriptionRecord }
  | { readonly is: 'unreadable'; readonly reason: string };

/** Checks the envelope; says which field is wrong, what was expected and what came. */
export function readSubscriptionRecord(value: unknown): SubscriptionReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('subscription record', 'an object', value);
  }
  const { messageType, owner, logGroup, logStream, logEvents } = value as Readonly<Record<string, unknown>>;
  if (messageType !== 'DATA_MESSAGE' && messageType !== 'CONTROL_MESSAGE') {
    return refuse('messageType', 'DATA_MESSAGE or CONTROL_MESSAGE', messageType);
  }
  if (typeof owner !== 'string') return refuse('owner', 'a string', owner);
  if (typeof logGroup !== 'string') return refuse('logGroup', 'a string', logGroup);
  if (typeof logStream !== 'string') return refuse('logStream', 'a string', logStream);
  if (!Array.isArray(logEvents)) return refuse('logEvents', 'an array', logEvents);
  return { is: 'subscription', record: { messageType, owner, logGroup, logStream, logEvents } };
}

function refuse(field: string, expected: string, got: unknown): SubscriptionReading {
  const came = got === null ? 'null' : Array.isArray(got) ? 'array' : typeof got;
  return {
    is: 'unreadable',
    reason: `not a subscription record: ${field}: expected ${expected}, got ${came}`,
  };
}
