/** The shape of each answer of the console's API and of each message of its event stream. */
import type {
  DocumentAnswer,
  DocumentRow,
  ErrorAnswer,
  FindingAnswer,
  OrderAnswer,
  RequestAnswer,
  RequestEntry,
  RuleRow,
  RulesAnswer,
  SearchAnswer,
} from '../../answers.ts';
import type {
  CapRow,
  ConsoleChange,
  ConsoleState,
  Delivery,
  FaultState,
  FindingRow,
  HealthRow,
  PlayState,
  StackFacts,
  TrafficPoint,
  TrailRow,
} from '../../view.ts';
import {
  flag,
  listOf,
  nullable,
  number,
  object,
  oneOf,
  optional,
  recordOf,
  type Shape,
  text,
} from './shape.ts';

const time = nullable(number);

const DOCUMENT_FIELDS = {
  index: text,
  id: text,
  at: time,
  channel: oneOf('business', 'trail'),
  kind: text,
  level: text,
  service: text,
  message: text,
  action: text,
  outcome: text,
  tenant: text,
  principal: text,
  user: text,
  source: text,
  route: text,
  correlation: text,
  trace: text,
  span: text,
  status: nullable(number),
  durationMs: nullable(number),
  count: number,
} as const;
const documentRow = object<DocumentRow>(DOCUMENT_FIELDS);
const requestEntry = object<RequestEntry>({ ...DOCUMENT_FIELDS, from: time, decision: text });

const findingRow = object<FindingRow>({
  cursor: number,
  index: text,
  id: text,
  at: time,
  rule: text,
  tenant: text,
  principal: text,
  message: text,
  evidence: listOf(object<{ readonly name: string; readonly value: string }>({ name: text, value: text })),
  cap: optional(text) as Shape<string>,
});

const capRow = object<CapRow>({
  key: text,
  subject: object<CapRow['subject']>({ tenant: text, client: text }),
  tenant: text,
  client: text,
  cls: text,
  rule: text,
  state: oneOf('held', 'rising', 'shadow', 'overruled', 'operator'),
  decision: optional(oneOf('allow', 'set', 'block')) as Shape<NonNullable<CapRow['decision']>>,
  rate: number,
  base: number,
  hold: number,
  end: number,
  from: time,
});

const ruleRow = object<RuleRow>({
  name: text,
  title: text,
  description: text,
  level: text,
  status: text,
  condition: text,
  techniques: listOf(text),
  cap: nullable(text),
  tests: number,
});

export const searchAnswer = object<SearchAnswer>({
  rows: listOf(documentRow),
  total: number,
  exact: flag,
  next: nullable(text),
});
export const documentAnswer = object<DocumentAnswer>({ row: documentRow, json: text });
export const requestAnswer = object<RequestAnswer>({
  id: text,
  entries: listOf(requestEntry),
  services: listOf(text),
  from: time,
  until: time,
  cut: flag,
});
export const findingAnswer = object<FindingAnswer>({
  finding: findingRow,
  rule: nullable(ruleRow),
  events: listOf(documentRow),
  eventsTotal: number,
  cap: nullable(capRow),
  json: text,
});
export const rulesAnswer = object<RulesAnswer>({ rules: listOf(ruleRow) });
export const orderAnswer = object<OrderAnswer>({ done: text });
export const errorAnswer = object<ErrorAnswer>({
  error: object<ErrorAnswer['error']>({ code: text, message: text }),
});

const point = object<TrafficPoint>({
  second: number,
  answered: number,
  rejected: number,
  refused: number,
  errors: number,
  p50: nullable(number),
  p95: nullable(number),
});
const trailRow = object<TrailRow>({
  cursor: number,
  index: text,
  id: text,
  at: time,
  action: text,
  outcome: text,
  principal: text,
  user: text,
  source: text,
  route: text,
  correlation: text,
  count: number,
});
const counts = recordOf(number) as Shape<Delivery['written']>;

const STATE_FIELDS = {
  now: number,
  points: listOf(point),
  trail: listOf(trailRow),
  findings: listOf(findingRow),
  caps: listOf(capRow),
  facts: object<StackFacts>({
    apiUrl: text,
    instances: listOf(
      object<StackFacts['instances'][number]>({ functionName: text, pid: number, state: text }),
    ),
    pipeline: object<StackFacts['pipeline']>({ lag: number, quarantined: number }),
  }),
  play: object<PlayState>({
    scenarios: listOf(text),
    scenario: nullable(text),
    attackFrom: time,
    attackUntil: time,
  }),
  delivery: object<Delivery>({ written: counts, indexed: counts }),
  faults: object<FaultState>({
    tableDown: flag,
    tableUpAt: time,
    happened: listOf(object<FaultState['happened'][number]>({ at: number, what: text })),
  }),
  health: listOf(
    object<HealthRow>({
      metric: text,
      label: text,
      value: nullable(number),
      unit: oneOf('ms', 'bytes', 'count'),
      expected: text,
      ok: flag,
    }),
  ),
  unreadable: number,
  troubles: listOf(text),
} as const;

export const consoleState = object<ConsoleState>(STATE_FIELDS);
export const beat = object<{ readonly now: number }>({ now: number });

const changeable = Object.entries(STATE_FIELDS).filter(([name]) => name !== 'now') as [
  string,
  Shape<unknown>,
][];

export const consoleChange: Shape<ConsoleChange> = (value): value is ConsoleChange =>
  beat(value) &&
  changeable.every(([name, shape]) => optional(shape)((value as Record<string, unknown>)[name]));
