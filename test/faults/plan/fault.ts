/** Everything that can go wrong in a run, as data: a plan is a list of faults, so that a failing one can be made shorter. */

/** What a function calls. */
export const SERVICES = [
  'business',
  'trail',
  'quarantine',
  'signals',
  'findings',
  'caps',
  'snapshots',
  'on-failure',
] as const;
export type Service = (typeof SERVICES)[number];

/** How a call of each service can fail. */
export const CALL_FAULTS = {
  business: [
    'refused',
    'whole 429',
    'whole 500',
    'whole 503',
    'cut mid-body',
    'answer lost',
    'no answer',
    'written late',
    'some items 429',
    'some items 503',
    'answer too short',
    'slow',
  ],
  trail: [
    'refused',
    'whole 429',
    'whole 500',
    'whole 503',
    'cut mid-body',
    'answer lost',
    'no answer',
    'written late',
    'some items 429',
    'some items 503',
    'answer too short',
    'slow',
  ],
  quarantine: ['refused', 'whole 503', 'answer lost', 'no answer', 'written late'],
  signals: ['refused', 'some records throttled', 'all records throttled', 'answer lost', 'no answer'],
  findings: ['refused', 'answer lost', 'no answer'],
  caps: ['throttled', 'whole 500', 'answer lost', 'no answer'],
  snapshots: ['refused', 'answer lost', 'no answer', 'written late', 'conflict'],
  'on-failure': ['whole 503', 'answer lost'],
} as const satisfies Readonly<Record<Service, readonly string[]>>;

export type CallFaultName = (typeof CALL_FAULTS)[Service][number];

/** Which calls of the service it strikes: the nth from 1, or all within a time after the start. */
export type Strikes =
  | { readonly call: number }
  | { readonly fromMs: number; readonly toMs: number; readonly share: number };

export type Fault =
  | {
      readonly is: 'call';
      readonly service: Service;
      readonly name: CallFaultName;
      readonly strikes: Strikes;
    }
  /** Every document of the channel is refused for now: no shard of its index can be written. */
  | {
      readonly is: 'red index';
      readonly channel: 'business' | 'trail';
      readonly fromMs: number;
      readonly toMs: number;
    }
  /** The process whose step it is dies before its nth step, counted over all of this function's processes. */
  | { readonly is: 'kill'; readonly of: FunctionName; readonly step: number }
  | {
      readonly is: 'clock jump';
      readonly of: FunctionName;
      readonly atMs: number;
      readonly byMs: number;
    }
  /** The nth invocation that succeeded is made once more. */
  | { readonly is: 'batch repeated'; readonly of: FunctionName; readonly invocation: number }
  /** The service's own pollers start anew from their checkpoints, while what they had invoked goes on. */
  | { readonly is: 'pollers restarted'; readonly of: FunctionName; readonly atMs: number }
  | { readonly is: 'shard split' | 'shards merged'; readonly atMs: number; readonly choice: number }
  /** The nth record of CloudWatch Logs is put on the stream twice. */
  | { readonly is: 'delivered twice'; readonly delivery: number; readonly afterMs: number }
  /** Its bytes are damaged on the way. */
  | { readonly is: 'corrupt gzip' | 'cut record'; readonly delivery: number; readonly choice: number }
  | { readonly is: 'control message'; readonly delivery: number };

export type FunctionName = 'collector' | 'detector';

/** What a fault is counted under. */
export function faultLabel(fault: Fault): string {
  switch (fault.is) {
    case 'call':
      return callLabel(fault.service, fault.name);
    case 'red index':
      return `${fault.channel}: red index`;
    case 'kill':
    case 'clock jump':
    case 'batch repeated':
    case 'pollers restarted':
      return `${fault.of}: ${fault.is}`;
    default:
      return fault.is;
  }
}

export function callLabel(service: Service, name: CallFaultName): string {
  return `${service}: ${name}`;
}

/** What follows from faults and settings, and is counted with them. */
export type Consequence =
  | 'collector: answered in part'
  | 'collector: batch bisected'
  | 'collector: timed out'
  | 'detector: timed out'
  | 'records given up'
  | 'body too large';

const CONSEQUENCES: readonly Consequence[] = [
  'collector: answered in part',
  'collector: batch bisected',
  'collector: timed out',
  'detector: timed out',
  'records given up',
  'body too large',
];

/** Every label that a run can have, so that a kind of fault which never happens is noticed. */
export function allFaultLabels(): readonly string[] {
  const functions: readonly FunctionName[] = ['collector', 'detector'];
  return [
    ...SERVICES.flatMap((service) => CALL_FAULTS[service].map((name) => callLabel(service, name))),
    'business: red index',
    'trail: red index',
    ...functions.flatMap((name) => [
      `${name}: kill`,
      `${name}: clock jump`,
      `${name}: batch repeated`,
      `${name}: pollers restarted`,
    ]),
    'shard split',
    'shards merged',
    'delivered twice',
    'corrupt gzip',
    'cut record',
    'control message',
    ...CONSEQUENCES,
  ];
}
