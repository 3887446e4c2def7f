import { describe, expect, test } from 'vitest';
import type { CapRow, ConsoleState, FindingRow, PlayState, TrailRow } from '../../../view.ts';
import { attackSteps, type PlayedAttack, playedAttack } from './attack-steps.ts';

const FROM = 1_790_000_000_000;
const ATTACK: PlayedAttack = { scenario: 'credential-stuffing', from: FROM, until: FROM + 30_000 };
const COUNTS = { log: 0, request: 0, rollup: 0, trail: 0 };
const EMPTY: ConsoleState = {
  now: FROM,
  points: [],
  trail: [],
  findings: [],
  caps: [],
  facts: { apiUrl: '', instances: [], pipeline: { lag: 0, quarantined: 0 } },
  play: { scenarios: [], scenario: null, attackFrom: null, attackUntil: null },
  delivery: { written: COUNTS, indexed: COUNTS },
  faults: { tableDown: false, tableUpAt: null, happened: [] },
  health: [],
  unreadable: 0,
  troubles: [],
};
const TRACE: TrailRow = {
  cursor: 1,
  index: 'trail-x',
  id: '1',
  at: FROM + 500,
  action: 'authn_login_fail',
  outcome: 'failure',
  principal: 'ip:203.0.113.7',
  user: 'eve',
  source: '203.0.113.7',
  route: 'POST /login',
  correlation: '',
  count: 12,
};
const FINDING: FindingRow = {
  cursor: 2,
  index: 'trail-x',
  id: '2',
  at: FROM + 4_000,
  rule: 'credential-stuffing',
  tenant: 'acme',
  principal: 'ip:203.0.113.7',
  message: '',
  evidence: [],
};
const CAP: CapRow = {
  key: 'k',
  subject: { tenant: 'acme', client: 'ip:203.0.113.7' },
  tenant: 'acme',
  client: 'ip:203.0.113.7',
  cls: 'auth',
  rule: 'credential-stuffing',
  state: 'held',
  rate: 0.05,
  base: 50,
  hold: FROM + 30_000,
  end: FROM + 45_000,
  from: FROM + 4_000,
};
const REFUSED = {
  second: FROM / 1_000 + 6,
  answered: 1,
  rejected: 0,
  refused: 9,
  errors: 0,
  p50: null,
  p95: null,
};

const states = (state: Partial<ConsoleState>, seconds: number): string[] =>
  attackSteps(ATTACK, { ...EMPTY, ...state }, FROM + seconds * 1_000).map((step) => step.state);

describe('the steps of a played attack', () => {
  test('each step is done when the page has seen it, and the next one is under way', () => {
    const [trail, findings, caps, points] = [[TRACE], [FINDING], [CAP], [REFUSED]];
    expect(states({}, -5)).toEqual(['doing', ...Array(5).fill('waiting')]);
    expect(states({}, 0)).toEqual(['done', 'doing', ...Array(4).fill('waiting')]);
    expect(states({ trail }, 1).slice(0, 4)).toEqual(['done', 'done', 'doing', 'waiting']);
    expect(states({ trail, findings }, 5).slice(2, 5)).toEqual(['done', 'doing', 'waiting']);
    expect(states({ trail, findings, caps }, 5).slice(3)).toEqual(['done', 'doing', 'doing']);
    expect(states({ trail, findings, caps, points }, 8).slice(4)).toEqual(['done', 'doing']);
    expect(states({ trail, findings, points }, 46)).toEqual(Array(6).fill('done'));
  });

  test('a cap that an operator overruled counts as recovery', () => {
    const caps = [{ ...CAP, state: 'overruled' } as const];
    const steps = attackSteps(ATTACK, { ...EMPTY, findings: [FINDING], caps }, FROM + 9_000);
    expect(steps.at(-1)).toMatchObject({ state: 'done', detail: 'an operator decided' });
  });

  test('what belongs to an earlier attack does not count, and what never came is said to be missing', () => {
    const before = { trail: [{ ...TRACE, at: FROM - 9_000 }], findings: [{ ...FINDING, at: FROM - 9_000 }] };
    expect(states(before, 5).slice(1, 3)).toEqual(['doing', 'waiting']);
    expect(states(before, 60).slice(1)).toEqual(Array(5).fill('missing'));
  });

  test('a noisy client is seen by its requests', () => {
    const steps = attackSteps(
      { ...ATTACK, scenario: 'noisy-client' },
      { ...EMPTY, points: [REFUSED] },
      FROM + 7_000,
    );
    expect(steps[1]).toMatchObject({ label: 'Requests climb', state: 'done', detail: '1 answered so far' });
  });
});

describe('the attack that is told about', () => {
  const playing: PlayState = {
    scenarios: [],
    scenario: 'credential-stuffing',
    attackFrom: FROM,
    attackUntil: FROM + 30_000,
  };
  const stopped: PlayState = { ...playing, scenario: null, attackFrom: null, attackUntil: null };

  test('is the one that plays, and after a stop the one that played, until it is old', () => {
    expect(playedAttack(undefined, playing, FROM)).toEqual(ATTACK);
    const cut = playedAttack(ATTACK, stopped, FROM + 5_000);
    expect(cut).toEqual({ ...ATTACK, until: FROM + 5_000 });
    expect(playedAttack(cut, stopped, FROM + 200_000)).toEqual(cut);
    expect(playedAttack(cut, stopped, FROM + 300_000)).toBeUndefined();
  });

  test('is still told about when honest users go on alone', () => {
    const alone: PlayState = { ...stopped, scenario: 'calm' };
    expect(playedAttack(ATTACK, alone, FROM + 31_000)).toEqual(ATTACK);
  });

  test('is none when it was stopped before it began, or nothing was played', () => {
    expect(playedAttack(ATTACK, stopped, FROM - 1)).toBeUndefined();
    expect(playedAttack(undefined, stopped, FROM)).toBeUndefined();
  });
});
