/** The places of the loop, with what is known of each at present. */
import type { ConsoleState } from '../../../view.ts';
import { numberText, wholeText } from '../../parts/time-text.ts';
import { hashOf, trailHash } from '../../routing/route.ts';

export interface LoopPlace {
  readonly name: string;
  readonly figure: string;
  readonly unit: string;
  /** What happens here, as a sentence. */
  readonly does: string;
  readonly href: string;
  /** Something is amiss here. */
  readonly isAmiss: boolean;
}

/** Functions of the pipeline itself: they are counted at their own place. */
const PIPELINE_FUNCTION = /^trailgate-/;

/** Seconds over which a rate is taken. */
const RATE_SECONDS = 10;
/** Seconds in which counts may still arrive. */
const SETTLE_SECONDS = 3;

/** In the order in which a request's traces go round; `now` is epoch ms. */
export function loopPlaces(state: ConsoleState, now: number): readonly LoopPlace[] {
  const { instances, pipeline } = state.facts;
  const serving = instances.filter(({ functionName }) => !PIPELINE_FUNCTION.test(functionName)).length;
  const caps = state.caps.filter(({ end }) => end > now).length;
  const { tableDown } = state.faults;
  return [
    {
      name: 'Functions',
      figure: String(serving),
      unit: `${serving === 1 ? 'instance' : 'instances'}, ${numberText(requestRate(state, now))} requests/s`,
      does: 'Each answers requests with the SDK inside, refuses who is capped, and logs what it did.',
      href: hashOf({ view: 'health' }),
      isAmiss: false,
    },
    {
      name: 'Logs',
      figure: wholeText(total(state.delivery.written)),
      unit: 'records written',
      does: 'One JSON line a record, carried off by a stream.',
      href: hashOf({ view: 'health' }),
      isAmiss: false,
    },
    {
      name: 'Collector',
      figure: wholeText(pipeline.lag),
      unit:
        pipeline.quarantined > 0
          ? `waiting, ${wholeText(pipeline.quarantined)} quarantined`
          : 'records waiting',
      does: 'Splits business data from the security trail, and counts for the detectors.',
      href: hashOf({ view: 'health' }),
      isAmiss: pipeline.quarantined > 0,
    },
    {
      name: 'Indices',
      figure: wholeText(total(state.delivery.indexed)),
      unit: 'records indexed',
      does: 'Business and trail, apart from each other, searchable.',
      href: trailHash({ channel: 'all' }),
      isAmiss: false,
    },
    {
      name: 'Detector',
      figure: wholeText(state.findings.length),
      unit: state.findings.length === 1 ? 'finding' : 'findings',
      does: 'Watches every client by rules, and asks for a cap on who abuses.',
      href: hashOf({ view: 'rules' }),
      isAmiss: false,
    },
    {
      name: 'Limits table',
      figure: tableDown ? 'away' : wholeText(caps),
      unit: tableDown ? 'taken down by a fault' : caps === 1 ? 'active cap' : 'active caps',
      does: 'Holds lower caps with an end; the functions read it within two seconds.',
      href: hashOf({ view: 'caps', tenant: '', client: '' }),
      isAmiss: tableDown,
    },
  ];
}

function requestRate({ points }: ConsoleState, now: number): number {
  const last = now / 1_000 - SETTLE_SECONDS;
  const recent = points.filter(({ second }) => second > last - RATE_SECONDS && second <= last);
  const requests = recent.reduce(
    (sum, { answered, rejected, refused, errors }) => sum + answered + rejected + refused + errors,
    0,
  );
  return requests / RATE_SECONDS;
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
