/** Records of the contract as an instance of the SDK writes them, each with its oracle's mark in the message. */
import { type Channel, principalKey, type RecordKind, writeHead } from '@trailgate/sdk/wire';
import type { Seeded } from '../schedule/seeded.ts';
import type { Issue, Oracle } from './oracle.ts';

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
    return this.#oracle.issue('business', (mark) =>
      this.#line('log', at, { message: `taken ${mark}`, fields }),
    );
  }

  request(at: number): Issue {
    return this.#oracle.issue('business', (mark) =>
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
    return this.#event(at, principal, user, count, 'authn_login_fail');
  }

  /** One failed login of many, each as another user. */
  attack(at: number, attempt: number): Issue {
    return this.#event(at, this.#attacker ?? 'ip:203.0.113.66', `victim-${attempt}`, 1, 'authn_login_fail');
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
    return this.#oracle.issue('business', (mark) =>
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
    return this.#oracle.issue('quarantine', (mark) =>
      this.#line('log', at, { message: `poison ${mark}`, ...body }),
    );
  }

  /** Opens as ours and is not: cut, of a newer contract, of a kind on the wrong channel, or longer than a line may be. */
  broken(at: number): Issue {
    return this.#oracle.issue('quarantine', (mark) => {
      const line = this.#line('log', at, { message: `broken ${mark}`, fields: { a: 1 } });
      switch (this.#chance.between(0, 9)) {
        case 0:
          return this.#line('log', at, { message: `long ${mark}`, fields: { long: 'y'.repeat(66_000) } });
        case 1:
        case 2:
        case 3:
          return line.replace('"v":1', '"v":7');
        case 4:
        case 5:
        case 6:
          return line.replace('"channel":"business"', '"channel":"trail"');
        default:
          return line.slice(0, -3);
      }
    });
  }

  #event(at: number, principal: string, user: string, count: number, action: string): Issue {
    const key = principalKey('acme', principal);
    return this.#oracle.issue(
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
            action,
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
