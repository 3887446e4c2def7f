/** Compares, for each function instance, what the platform ran with what the SDK counted, so that no request goes missing unseen. */
import { type CountedSignal, instanceKey, type PlatformSignal } from '@trailgate/sdk/wire';
import { type Finding, type FindingRule, findingId, findingOf } from './finding.ts';
import type { SeenNumbers } from './sequence/seen-numbers.ts';
import { growth, type StreamTable, takeOnce } from './state/stream-table.ts';

/** One function instance, by its log stream. */
export interface InstanceLedger {
  readonly streams: StreamTable;
  readonly stream: string;
  functionName: string;
  /** Empty until the SDK has spoken. */
  service: string;
  /** Invocations that the platform reported, and those that the SDK counted. */
  reports: number;
  invocations: number;
  /** Newest event time, epoch milliseconds. */
  lastAt: number;
  /** Missing invocations that a finding has named already. */
  settled: number;
  /** By SDK instance; absent until one has numbered a record. */
  numbers?: Map<string, SeenNumbers>;
}

/** How much is missing of a service: for its metric, and as a finding. */
export interface Missing {
  readonly service: string;
  /** Event time, epoch milliseconds. */
  readonly at: number;
  readonly count: number;
  readonly finding: Finding;
}

export const UNCOUNTED_RULE: FindingRule = {
  id: '9c1f1b8e-6a35-4f0a-8f43-7c2f6d0f5b21',
  name: 'uncounted-requests',
  description: 'The platform ran more invocations of a function instance than its SDK has counted.',
};

/** `key` is the instance's, as `instanceKey` makes it. */
export function emptyLedger(key: string, streams: StreamTable): InstanceLedger {
  return {
    streams,
    stream: key.slice(instanceKey('').length),
    functionName: '',
    service: '',
    reports: 0,
    invocations: 0,
    lastAt: 0,
    settled: 0,
  };
}

/** Adds up a signal that is new; returns whether it was. */
export function takeInstanceSignal(ledger: InstanceLedger, signal: CountedSignal | PlatformSignal): boolean {
  const mark = takeOnce(ledger.streams, signal.kind, signal.from);
  if (mark === undefined) return false;
  ledger.lastAt = Math.max(ledger.lastAt, signal.at);
  if (signal.kind === 'platform') {
    ledger.functionName = signal.functionName;
    ledger.reports += signal.reports;
  } else {
    ledger.service = signal.service;
    ledger.invocations += growth(mark, 'invocations', signal.invocations);
  }
  return true;
}

/**
 * What is missing of an instance that has been silent for `silenceMs` at event time `now`. Says it once; an instance
 * that is thawed later is compared again with its totals. One that never spoke as an SDK instance is not judged.
 */
export function settleLedger(ledger: InstanceLedger, now: number, silenceMs: number): Missing | undefined {
  const missing = ledger.reports - ledger.invocations;
  const count = missing - ledger.settled;
  if (ledger.service === '' || count <= 0 || now <= ledger.lastAt + silenceMs) return undefined;
  ledger.settled = missing;
  const { service, lastAt: at, stream, functionName, reports, invocations } = ledger;
  const id = findingId(UNCOUNTED_RULE.id, instanceKey(stream), at);
  const finding = findingOf(id, at, UNCOUNTED_RULE, {
    message: `${count} requests of ${functionName} were run and not counted by instance ${stream}`,
    evidence: { count, stream, function: functionName, reports, invocations },
    first_crossing: new Date(at).toISOString(),
  });
  return { service, at, count, finding };
}
