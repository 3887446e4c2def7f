/** Turns the name of a fault into what becomes of the call that it strikes. */
import type { CallFaultName } from '../plan/fault.ts';
import type { Fate } from '../schedule/service-call.ts';

const SERVED: Fate = { is: 'served' };
const SLOW_MS = 1_500;
const LATE_MS = 2_500;

/** Faults that strike single items or records leave the call itself as it is. */
export function fateOf(fault: CallFaultName | undefined, limitMs: number): Fate {
  switch (fault) {
    case undefined:
    case 'some items 429':
    case 'some items 503':
    case 'answer too short':
    case 'some records throttled':
    case 'all records throttled':
    case 'conflict':
      return SERVED;
    case 'slow':
      return { is: 'served', slowMs: SLOW_MS };
    case 'answer lost':
      return { is: 'answer lost', error: new Error('socket hang up') };
    case 'no answer':
      return { is: 'silent', error: new Error('no answer in time'), limitMs };
    case 'written late':
      return { is: 'late', error: new Error('no answer in time'), limitMs, lateMs: LATE_MS };
    default:
      return { is: 'refused', error: new Error(fault) };
  }
}
