/** Draws what one log stream holds: the lines of one function instance between the platform's own. */
import { type Plan, SMALL_INFLATED_BYTES } from '../plan/plan.ts';
import type { Seeded } from '../schedule/seeded.ts';
import type { Issue, Oracle } from './oracle.ts';
import { hostileLine, jsonLine, reportLine, startLine, textLine, timelessLine } from './other-lines.ts';
import { SdkInstance } from './sdk-lines.ts';
import { issueWritten, type WrittenLine } from './written-by-sdk.ts';

export interface LoggedEvent {
  /** Id of the line in it. */
  readonly line: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** As it stands in the subscription record. */
  readonly event: object;
}

export interface LogStream {
  readonly group: string;
  readonly name: string;
  readonly attacks: boolean;
  /** Whether its records can be read: a bomb inflates to more than is taken. */
  readonly intact: boolean;
  readonly events: readonly LoggedEvent[];
}

type Draw = (at: number) => Issue;

/** What CloudWatch Logs' limit on one event refuses. */
const OVERSIZE_CHARS = 1_048_700;

export function drawStream(
  oracle: Oracle,
  chance: Seeded,
  number: number,
  { start, options }: Plan,
  written: readonly WrittenLine[],
): LogStream {
  const { maxInflatedBytes } = options;
  const service = chance.pick(['orders', 'inventory']);
  const role = chance.next();
  const place = {
    group: `/aws/lambda/${service}`,
    name: `2026/11/22/[$LATEST]${String(number).padStart(32, '0')}`,
  };
  const attacker = role < 0.2 ? `ip:203.0.113.${100 + number}` : undefined;
  const instance = new SdkInstance(oracle, chance, service, attacker);
  if (role < 0.1)
    return {
      ...place,
      attacks: true,
      intact: true,
      events: stuffing(oracle, chance, start, number, instance),
    };
  if (role < 0.3) {
    const draws = written.map(
      (line): Draw =>
        () =>
          issueWritten(oracle, line),
    );
    return { ...place, attacks: false, intact: true, events: logged(draws, chance, start, number) };
  }
  if (role > 0.99 && maxInflatedBytes <= SMALL_INFLATED_BYTES) {
    const bomb: Draw = () => oracle.issue('bomb', 'kept', (mark) => `${mark}${'x'.repeat(maxInflatedBytes)}`);
    return { ...place, attacks: false, intact: false, events: logged([bomb], chance, start, number) };
  }
  const lines = Array.from({ length: chance.between(3, 11) }, () =>
    drawLine(oracle, chance, instance, attacker),
  );
  if (role > 0.9 && maxInflatedBytes > SMALL_INFLATED_BYTES)
    lines.push(() =>
      oracle.issue('oversize', 'quarantine', (mark) => `${mark}${'x'.repeat(OVERSIZE_CHARS)}`),
    );
  return { ...place, attacks: false, intact: true, events: logged(lines, chance, start, number) };
}

function drawLine(oracle: Oracle, chance: Seeded, instance: SdkInstance, attacker: string | undefined): Draw {
  const user = `user-${chance.between(1, 4)}`;
  const draws: readonly (readonly [number, Draw])[] = [
    [4, (at) => instance.log(at)],
    [2, (at) => instance.request(at)],
    [4, (at) => instance.trail(at, `ip:198.51.100.${chance.between(1, 4)}`, user)],
    [2, (at) => instance.rollup(at, attacker === undefined ? 0 : 230)],
    [2, (at) => reportLine(oracle, chance, at)],
    [1, () => startLine(oracle)],
    [1, () => textLine(oracle, chance)],
    [1, () => jsonLine(oracle, chance)],
    [2, () => hostileLine(oracle, chance)],
    [1.2, (at) => instance.poison(at)],
    [1, (at) => instance.broken(at)],
    [0.2, (at) => instance.wrongClock(at + chance.pick(SKEWS))],
    [0.2, () => timelessLine(oracle)],
  ];
  let left = chance.next() * draws.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, draw] of draws) {
    left -= weight;
    if (left < 0) return draw;
  }
  return () => textLine(oracle, chance);
}

const DAY_MS = 86_400_000;
/** To the late index, and to its very border, where a second delivery must not cross it. */
const SKEWS: readonly number[] = [3 * DAY_MS, -20 * DAY_MS, -14 * DAY_MS + 9_000, 7_200_000 + 3_000];

function stuffing(
  oracle: Oracle,
  chance: Seeded,
  start: number,
  number: number,
  instance: SdkInstance,
): readonly LoggedEvent[] {
  const attempts = Array.from(
    { length: 26 },
    (_, n): Draw =>
      (at) =>
        instance.attack(at, n),
  );
  const beside: readonly Draw[] = [(at) => instance.log(at), (at) => reportLine(oracle, chance, at)];
  return logged([...attempts, ...beside], chance, start, number);
}

/** Event ids grow within a stream. */
export function logged(
  draws: readonly Draw[],
  chance: Seeded,
  start: number,
  number: number,
): readonly LoggedEvent[] {
  let at = start - chance.between(0, 5_000);
  return draws.map((draw, place) => {
    at += chance.between(0, 900);
    const { id: line, message, timeless } = draw(at);
    const id = `3${String(number).padStart(10, '0')}${String(place).padStart(45, '0')}`;
    return { line, at, event: timeless ? { id, message } : { id, timestamp: at, message } };
  });
}
