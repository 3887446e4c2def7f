/** Puts texts into every field that the console shows, in the shapes that collectors and detectors index. */
import type { Rule } from '@trailgate/detectors';
import type { ClientCaps } from '@trailgate/sdk/limits';
import { OrderError } from '../../../infra/local/console/order-error.ts';
import { rollupDocument } from '../../../infra/local/console/testing/documents.ts';
import { BUSINESS, type StagedSources, TRAIL } from '../staged-sources.ts';

type Json = Readonly<Record<string, unknown>>;

/** One text in every field of one document of each kind, and in a cap of each kind; `now` is epoch ms. Returns the id of the finding. */
export function poisonDocuments(sources: StagedSources, text: string, now: number): string {
  const add = (index: string, document: Json): string => {
    sources.add(index, document);
    return `id-${sources.documentsAfter(0, 10_000).length}`;
  };
  const common = everyField(text, now);
  const sdk = (kind: string, channel: string): Json => ({
    v: 1,
    channel,
    kind,
    instance: text,
    seq: 1,
    weight: 1,
  });
  add(TRAIL, { ...common, trailgate: sdk('trail', 'trail') });
  add(BUSINESS, { ...common, trailgate: sdk('request', 'business') });
  add(BUSINESS, { ...common, trailgate: sdk('log', 'business') });
  add(BUSINESS, poisonedRollup(text, now));
  const finding = add(TRAIL, {
    ...common,
    ...Object.fromEntries([[text, { [text]: [text] }]]),
    event: { kind: 'alert', category: ['intrusion_detection'], action: text, outcome: text },
    rule: { id: text, name: text },
    // A key named __proto__ has to be an own one, as JSON.parse makes it.
    evidence: Object.fromEntries([
      [text, text],
      [`${text} `, { [text]: text }],
    ]),
    cap: { client: text, class: text, rate: text, burst: text, mode: text },
  });
  sources.caps = [...sources.caps, ...poisonedCaps(text, now)];
  return finding;
}

function everyField(text: string, now: number): Json {
  return {
    '@timestamp': new Date(now).toISOString(),
    level: text,
    message: text,
    service: { name: text, version: text },
    event: {
      kind: 'event',
      category: [text],
      type: [text],
      action: text,
      outcome: text,
      reason: text,
      duration: 5_000_000,
    },
    principal: text,
    tenant: text,
    user: { id: text },
    source: { ip: text },
    route: text,
    correlation_id: text,
    trace_id: text,
    span_id: text,
    http: { request: { method: text }, response: { status_code: text } },
    count: text,
    aws: { cloudwatch: { log_group: text, log_stream: text, event_id: text } },
    error: { type: text, message: text, stack_trace: text },
  };
}

function poisonedRollup(text: string, now: number): Json {
  const rollup = rollupDocument({
    at: now,
    since: now - 1_000,
    stream: text,
    statuses: { 200: 1 },
    latencies: { 5: 1 },
  });
  const requests = [
    { route: text, status: 200, tenant: text, count: 1, kept: 0 },
    { route: text, status: text, tenant: text, count: text },
  ];
  return { ...rollup, service: { name: text }, rollup: { ...(rollup.rollup as Json), requests } };
}

function poisonedCaps(text: string, now: number): readonly ClientCaps[] {
  const [hold, end] = [now + 300_000, now + 600_000];
  const detector = {
    rate: 1,
    burst: 1,
    cls: text,
    seq: now * 1_000,
    hold,
    end,
    why: text,
    ev: text,
    strike: 1,
    mode: 'enforce',
  } as const;
  const operator = { kind: 'set', rate: 1, by: text, why: text, end } as const;
  return [
    { tenant: text, client: text, ver: 1, detectors: Object.fromEntries([[text, detector]]) },
    { tenant: text, client: `${text} `, ver: 1, detectors: {}, operator },
  ];
}

/** The same text in everything that the stack itself says: facts, faults, health, rules, and what comes of orders. */
export function poisonStack(sources: StagedSources, texts: readonly string[], rule: Rule, now: number): void {
  const [first = ''] = texts;
  sources.stack = {
    apiUrl: first,
    instances: texts.map((text, index) => ({ functionName: text, pid: index + 1, state: text })),
    pipeline: { lag: 1, quarantined: 1 },
  };
  sources.playing = { scenarios: texts, scenario: first, attackFrom: now - 1_000, attackUntil: now + 60_000 };
  sources.failing = {
    tableDown: true,
    tableUpAt: now + 60_000,
    happened: texts.map((what) => ({ at: now, what })),
  };
  sources.healthy = texts.map((text) => ({
    metric: text,
    label: text,
    value: 1,
    unit: 'count',
    expected: text,
    ok: false,
  }));
  sources.rules = texts.map((text) => ({
    ...rule,
    id: text,
    name: text,
    title: text,
    description: text,
  }));
}

/** Every order is refused with this text, and the limits table cannot be read because of it. */
export function poisonAnswers(sources: StagedSources, text: string): void {
  const refuse = (): Promise<string> => Promise.reject(new OrderError('REFUSED', text));
  Object.assign(sources, {
    orders: { play: refuse, cap: refuse, fault: refuse },
    activeCaps: () => Promise.reject(new Error(text)),
  });
}
