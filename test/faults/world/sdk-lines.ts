/** Records of the contract as an instance of the SDK writes them, each with its oracle's mark in the message. */
import { type Channel, principalKey, type RecordKind, writeHead } from '@trailgate/sdk/wire';
import type { Seeded } from '../schedule/seeded.ts';
import type { Issue, LineKind, Oracle } from './oracle.ts';

/** One instance: its counters only grow. */
export class SdkInstance {
  readonly #oracle: Oracle;
  readonly #chance: Seeded;
  readonly #id: string;
  readonly #service: string;
  readonly #attacker: string | undefined;
  #seq = 0;
  #served = 0;

  /** Attackers have an instance of their own, so that their events come in one order. */
  constructor(oracle: Oracle, chance: Seeded, service: string, attacker?: string) {
    this.#oracle = oracle;
    this.#chance = chance;
    this.#id = Array.from({ length: 16 }, () => chance.between(0, 15).toString(16)).join('');
    this.#service = service;
    this.#attacker = attacker;
  }

  log(at: number): Issue {
    const fields = {
      basket: { size: this.#chance.between(0, 9) },
      note: 'größer als 🌍',
      list: [1, 'two', null],
    };
    return this.#oracle.issue('log', 'business', (mark) =>
      this.#line('log', at, { message: `taken ${mark}`, fields }),
    );
  }

  /** Of an instance whose clock says `at`, far from the time at which the line is logged. */
  wrongClock(at: number): Issue {
    return this.#oracle.issue('wrong clock', 'business', (mark) =>
      this.#line('log', at, { message: `out of time ${mark}` }),
    );
  }

  request(at: number): Issue {
    return this.#oracle.issue('request', 'business', (mark) =>
      this.#line('request', at, {
        message: `GET /orders ${mark}`,
        event: { duration: 12_000_000, outcome: 'success' },
        http: { request: { method: 'GET' }, response: { status_code: 200 } },
        url: { path: '/orders/7' },
        kept: 'sampled',
      }),
    );
  }

  /** A security event; several at a time where it stands for a fold. */
  trail(at: number, principal: string, user: string): Issue {
    const count = this.#chance.chance(0.2) ? this.#chance.between(2, 40) : 1;
    return this.#event('trail', at, principal, user, count);
  }

  /** One failed login of many, each as another user. */
  attack(at: number, attempt: number): Issue {
    return this.#event('attack', at, this.#attacker ?? 'ip:203.0.113.66', `victim-${attempt}`, 1);
  }

  /** What it has counted; `burst` requests of the attacker since the last time. */
  rollup(at: number, burst: number): Issue {
    const others = this.#chance.between(1, 9);
    this.#served += burst + others;
    const served = this.#served;
    const principals =
      this.#attacker === undefined
        ? [{ tenant: 'acme', principal: `user:of-${this.#id}`, count: served, refused: 0 }]
        : [{ tenant: 'acme', principal: this.#attacker, count: served, refused: 0 }];
    return this.#oracle.issue('rollup', 'business', (mark) =>
      this.#line('rollup', at, {
        message: `rollup ${mark}`,
        rollup: {
          since: new Date(at - 60_000).toISOString(),
          invocations: served,
          requests: [{ route: 'GET /orders', status: 200, tenant: 'acme', count: served, kept: 0 }],
          latency: [{ route: 'GET /orders', buckets: [[120, served]] }],
          counters: [{ name: 'Orders', unit: 'Count', value: served }],
          principals,
        },
      }),
    );
  }

  /** Of the contract, and of a shape that the index's strict mapping refuses. */
  poison(at: number): Issue {
    const body = this.#chance.pick([
      { http: { response: { status_code: 'teapot' } } },
      { event: { duration: { of: 'long' } } },
      { error: { type: 'E', message: 'x', unheard_of: 1 } },
    ]);
    return this.#oracle.issue('poison for the mapping', 'quarantine', (mark) =>
      this.#line('log', at, { message: `poison ${mark}`, ...body }),
    );
  }

  /** Opens as ours and is not: cut, of a newer contract, of a kind on the wrong channel, or longer than a line may be. */
  broken(at: number): Issue {
    const record = (mark: string, more = {}): string =>
      this.#line('log', at, { message: `broken ${mark}`, fields: { a: 1, ...more } });
    const draw = this.#chance.next();
    if (draw < 0.05) {
      const long = 'y'.repeat(66_000);
      return this.#oracle.issue('record too long', 'quarantine', (mark) => record(mark, { long }));
    }
    if (draw < 0.35) {
      return this.#oracle.issue('newer contract', 'quarantine', (mark) =>
        record(mark).replace('"v":1', '"v":7'),
      );
    }
    if (draw < 0.65) {
      return this.#oracle.issue('forged channel', 'quarantine', (mark) =>
        record(mark).replace('"channel":"business"', '"channel":"trail"'),
      );
    }
    return this.#oracle.issue('broken record', 'quarantine', (mark) => record(mark).slice(0, -3));
  }

  #event(kind: LineKind, at: number, principal: string, user: string, count: number): Issue {
    const key = principalKey('acme', principal);
    return this.#oracle.issue(
      kind,
      'trail',
      (mark) =>
        this.#line('trail', at, {
          message: `login failed ${mark}`,
          tenant: 'acme',
          principal,
          user: { id: user },
          source: { ip: '203.0.113.7' },
          event: {
            kind: 'event',
            category: ['authentication'],
            type: ['start'],
            action: 'authn_login_fail',
            outcome: 'failure',
            reason: 'bad_credentials',
          },
          count,
        }),
      { is: 'trail', key, count },
    );
  }

  #line(kind: RecordKind, at: number, body: object): string {
    const channel: Channel = kind === 'trail' ? 'trail' : 'business';
    const head = writeHead({
      version: 1,
      channel,
      kind,
      instance: this.#id,
      seq: this.#seq++,
      weight: 1,
      level: kind === 'trail' ? 'WARN' : 'INFO',
      timestamp: new Date(at).toISOString(),
    });
    const common = { service: { name: this.#service }, correlation_id: `c-${this.#seq}` };
    return `${head},${JSON.stringify({ ...common, ...body }).slice(1)}`;
  }
}
