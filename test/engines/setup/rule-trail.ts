/** Writes out a rule's test as the documents that the collector makes of the records behind its signals. */
import { recordDocument } from '../../../collectors/src/kinds/sdk/record-document.ts';
import { expandTest, type RuleTest } from '../../../detectors/src/rules/index.ts';
import {
  actionRow,
  channelIndex,
  type RecordHead,
  type TrailAction,
  type TrailBody,
  type TrailSignal,
} from '../../../sdk/src/wire/index.ts';

export interface TrailDocument {
  readonly index: string;
  readonly source: object;
}

export interface RuleTrail {
  readonly documents: readonly TrailDocument[];
  /** Epoch milliseconds of the first and last. */
  readonly from: number;
  readonly until: number;
}

/** Of trail signals only, as others make no documents; `day` is the begin of the UTC day in which the test happens. */
export function ruleTrail(test: RuleTest, day: number): RuleTrail {
  const signals = expandTest(test).flatMap(({ signal }) => (signal.kind === 'trail' ? [signal] : []));
  const shift = day - startOfDay(Math.min(...signals.map(({ at }) => at)));
  const times = signals.map(({ at }) => at + shift);
  return {
    documents: signals.map((signal, seq) => documentOf(signal, signal.at + shift, seq)),
    from: Math.min(...times),
    until: Math.max(...times),
  };
}

function startOfDay(at: number): number {
  return at - (at % 86_400_000);
}

function documentOf(signal: TrailSignal, at: number, seq: number): TrailDocument {
  const { action, outcome, service, tenant, principal, count, user, ip, route, reason } = signal;
  const { category, type, threat } = actionRow(action);
  const body: TrailBody = {
    message: action,
    service: { name: service },
    // What signals say of records that name none.
    ...(tenant === '-' ? {} : { tenant }),
    ...(principal === '-' ? {} : { principal }),
    ...(user === undefined ? {} : { user: { id: user } }),
    ...(ip === undefined ? {} : { source: { ip } }),
    ...(route === undefined ? {} : { route }),
    event: {
      ...{ kind: 'event', category, type, action: action as TrailAction, outcome },
      ...(reason === undefined ? {} : { reason }),
    },
    count,
    ...(threat === undefined ? {} : { threat }),
  };
  const timestamp = new Date(at).toISOString();
  const head: RecordHead = {
    version: 1,
    channel: 'trail',
    kind: 'trail',
    instance: '00112233445566aa',
    seq,
    weight: 1,
    level: 'INFO',
    timestamp,
  };
  const shaped = recordDocument({ head, time: at, body: { ...body } });
  return { index: channelIndex('trail', at, 'day'), source: { '@timestamp': timestamp, ...shaped.body } };
}
