/** Records what routes say to the trail, the log and the counters. */
import type { Trail } from '@trailgate/sdk';
import type { SettlementPorts } from '../orders/settlement.ts';

export interface Told {
  readonly trail: (readonly [string, unknown])[];
  readonly log: (readonly [string, string, unknown])[];
  readonly counts: Record<string, number>;
}

export type Witness = SettlementPorts['trailgate'] & {
  readonly told: Told;
  readonly trail: Omit<Trail, 'event'>;
};

export function createWitness(): Witness {
  const told: Told = { trail: [], log: [], counts: {} };
  const event =
    (action: string) =>
    (fields: unknown): void => {
      told.trail.push([action, fields]);
    };
  const line =
    (level: string) =>
    (message: unknown, fields?: unknown): void => {
      told.log.push([level, String(message), fields]);
    };
  return {
    told,
    count: (name, value = 1) => {
      told.counts[name] = (told.counts[name] ?? 0) + value;
    },
    log: { info: line('info'), error: line('error') },
    trail: {
      loginSucceeded: event('loginSucceeded'),
      loginFailed: event('loginFailed'),
      tokenRejected: event('tokenRejected'),
      denied: event('denied'),
      adminAction: event('adminAction'),
      permissionsChanged: event('permissionsChanged'),
      inputRejected: event('inputRejected'),
    },
  };
}
