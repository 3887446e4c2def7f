/** How far a played attack has come, told from what the page sees: attack, traces, finding, cap, refusals, recovery. */
import type { CapRow, ConsoleState, FindingRow, PlayState } from '../../../view.ts';
import { durationText } from '../../parts/time-text.ts';
import { scenarioText } from './scenario-texts.ts';

export interface PlayedAttack {
  readonly scenario: string;
  /** Epoch ms. */
  readonly from: number;
  readonly until: number;
}

export type StepState = 'done' | 'doing' | 'waiting' | 'missing';

export interface AttackStep {
  readonly name: 'attack' | 'traces' | 'finding' | 'cap' | 'refused' | 'recovered';
  readonly label: string;
  readonly state: StepState;
  readonly detail: string;
  readonly finding?: FindingRow;
}

/** Is seen by its requests: what is answered makes no event of the trail. */
const NOISY = 'noisy-client';
/** Milliseconds after its end in which an attack is still told about: the charts reach no further back. */
const TOLD_MS = 240_000;
/** Milliseconds by which a finding may be dated before the first call that the page counts. */
const SLACK_MS = 1_000;
/** Milliseconds after the attack's end in which what has not come is still expected. */
const LATE_MS = 20_000;

/** The attack to tell about: the one that plays, or the one that played last; `now` is epoch ms. */
export function playedAttack(
  known: PlayedAttack | undefined,
  { scenario, attackFrom, attackUntil }: PlayState,
  now: number,
): PlayedAttack | undefined {
  if (scenario !== null && attackFrom !== null && attackUntil !== null) {
    return now > attackUntil + TOLD_MS ? undefined : { scenario, from: attackFrom, until: attackUntil };
  }
  // Nothing attacks: what has begun is told about until it is long over.
  if (known === undefined || now < known.from || now > known.until + TOLD_MS) return undefined;
  return known.until > now ? { ...known, until: now } : known;
}

export function attackSteps(attack: PlayedAttack, state: ConsoleState, now: number): readonly AttackStep[] {
  const finding = findingOf(attack, state.findings);
  const caps = finding === undefined ? [] : state.caps.filter((cap) => isOf(cap, finding) && cap.end > now);
  const refused = refusedSince(state, finding?.at ?? null);
  const isOver = now >= attack.until;
  const wasCapped = caps.length > 0 || (finding !== undefined && refused > 0);
  const late: StepState = now > attack.until + LATE_MS ? 'missing' : 'waiting';
  const next = (before: boolean): StepState => (before && late === 'waiting' ? 'doing' : late);
  const has = tracesOf(attack, state);
  const steps: readonly Omit<AttackStep, 'label'>[] = [
    { name: 'attack', ...attackStep(attack, now) },
    has > 0
      ? {
          name: 'traces',
          state: 'done',
          detail: `${has} ${attack.scenario === NOISY ? 'answered' : 'events'} so far`,
        }
      : { name: 'traces', state: next(now >= attack.from), detail: '' },
    finding === undefined
      ? { name: 'finding', state: next(has > 0), detail: '' }
      : { name: 'finding', state: 'done', detail: finding.principal, finding },
    wasCapped
      ? { name: 'cap', state: 'done', detail: capDetail(caps[0]) }
      : { name: 'cap', state: next(finding !== undefined), detail: '' },
    refused > 0
      ? { name: 'refused', state: 'done', detail: `${refused} refused` }
      : { name: 'refused', state: next(wasCapped), detail: '' },
    { name: 'recovered', ...recovery(wasCapped, isOver, caps, late, now) },
  ];
  const labels = labelsOf(attack.scenario);
  return steps.map((step) => ({ ...step, label: labels[step.name] }));
}

function labelsOf(scenario: string): Readonly<Record<AttackStep['name'], string>> {
  return {
    attack: 'Attack begins',
    traces: scenarioText(scenario).traces,
    finding: 'A detector finds it',
    cap: 'A cap is written',
    refused: 'Functions refuse',
    recovered: 'Recovered',
  };
}

function attackStep({ from, until }: PlayedAttack, now: number): Pick<AttackStep, 'state' | 'detail'> {
  if (now < from) return { state: 'doing', detail: `in ${durationText(from - now)}` };
  return { state: 'done', detail: now < until ? `ends in ${durationText(until - now)}` : 'over' };
}

function recovery(
  wasCapped: boolean,
  isOver: boolean,
  caps: readonly CapRow[],
  late: StepState,
  now: number,
): Pick<AttackStep, 'state' | 'detail'> {
  if (!wasCapped) return { state: late, detail: '' };
  const [cap] = caps;
  if (cap === undefined) return { state: isOver ? 'done' : 'doing', detail: isOver ? 'the cap is over' : '' };
  if (cap.state === 'overruled') return { state: 'done', detail: 'an operator decided' };
  return { state: 'doing', detail: `cap is over in ${durationText(cap.end - now)}` };
}

function capDetail(cap: CapRow | undefined): string {
  if (cap === undefined) return 'over by now';
  return cap.state === 'shadow' ? 'in shadow: refuses nobody' : cap.client;
}

/** The first finding of the scenario's own rule since the attack began, else the first of any. */
function findingOf(
  { scenario, from }: PlayedAttack,
  findings: readonly FindingRow[],
): FindingRow | undefined {
  const since = findings.filter(({ at }) => at !== null && at >= from - SLACK_MS);
  return since.findLast(({ rule }) => rule === scenario) ?? since.at(-1);
}

function isOf(cap: CapRow, finding: FindingRow): boolean {
  return cap.state !== 'operator' && cap.client === finding.principal;
}

function tracesOf({ scenario, from }: PlayedAttack, { trail, points }: ConsoleState): number {
  if (scenario !== NOISY) {
    return trail
      .filter(({ at, outcome }) => at !== null && at >= from && outcome === 'failure')
      .reduce((sum, { count }) => sum + count, 0);
  }
  return points
    .filter(({ second }) => second * 1_000 >= from)
    .reduce((sum, { answered }) => sum + answered, 0);
}

function refusedSince({ points }: ConsoleState, at: number | null): number {
  if (at === null) return 0;
  return points
    .filter(({ second }) => second * 1_000 >= at - SLACK_MS)
    .reduce((sum, { refused }) => sum + refused, 0);
}
