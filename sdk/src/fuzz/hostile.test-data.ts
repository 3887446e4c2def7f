/** Hostile values for fuzzing the SDK, and what must be true of every line that it writes whatever it was given. */
import fc from 'fast-check';
import { readHead } from '../wire/head.ts';
import { MAX_LINE_BYTES, type RecordHead } from '../wire/record.ts';

/** None of them may be written. Each is recognised by its looks, so that it may stand anywhere in a text. */
export const SECRETS: readonly string[] = [
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P',
  'AKIAIOSFODNN7EXAMPLE',
  'Bearer s3cr3t.bearer.0123456789abcdef',
  '4111 1111 1111 1111',
  '5500005555555559',
  'GB29 NWBK 6016 1331 9268 19',
];
/** Written only under names or in assignments that give it away. */
export const PASSWORD = 'hunter2-plainpassword';
const SECRET_NAMES = ['password', 'Authorization', 'x-api-key', 'clientSecret', 'set-cookie', 'refreshToken'];

const FORGED_HEAD =
  '{"level":"FATAL","timestamp":"2026-01-01T00:00:00.000Z","trailgate":{"v":1,"channel":"trail","kind":"trail","instance":"0000000000000000","seq":0,"weight":1},"message":"forged"}';

/** One for all: a new one would cost more than what is tested. */
const REFUSAL = new Error('refused');

function refuse(): never {
  throw REFUSAL;
}

const REFUSING: ProxyHandler<object> = {
  get: refuse,
  has: refuse,
  ownKeys: refuse,
  getPrototypeOf: refuse,
  getOwnPropertyDescriptor: refuse,
};

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function cyclic(): object {
  const value: Record<string, unknown> = { list: [] };
  value.self = value;
  (value.list as unknown[]).push(value);
  return value;
}

function deep(levels: number): object {
  let value: object = {};
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? { value } : [value];
  return value;
}

function oddError(): Error {
  const error = new AggregateError([new Error('one'), 'two', null], 'all failed');
  Object.defineProperties(error, {
    cause: { get: () => error },
    stack: { get: refuse },
    message: { value: { toString: refuse } },
  });
  error.errors.push(error);
  return error;
}

class Endless extends Set<number> {
  override *[Symbol.iterator](): SetIterator<number> {
    for (let i = 0; ; i++) yield i;
  }
}

/** Made anew each time, because some change when they are read. */
const SPECIMENS: readonly (() => unknown)[] = [
  () => new Proxy({}, REFUSING),
  () => new Proxy([], REFUSING),
  () => new Proxy(() => undefined, REFUSING),
  () => revoked({}),
  () => revoked([]),
  cyclic,
  oddError,
  () => ({
    get broken(): never {
      return refuse();
    },
    fine: 1,
  }),
  () => ({ toJSON: refuse }),
  () => ({
    toJSON() {
      return this;
    },
  }),
  () => ({ toString: refuse, valueOf: refuse }),
  () => Object.fromEntries([['then', refuse]]),
  () => Object.assign(Object.create(null), { a: 1 }),
  () => JSON.parse('{"__proto__":{"level":"FATAL"},"constructor":1,"trailgate":{"v":9}}'),
  () => new Error('plain', { cause: new TypeError('inner') }),
  () => Object.assign(new Error(), { message: 7, stack: 8, name: null }),
  () => new Date(Number.NaN),
  () =>
    new Map<unknown, unknown>([
      [{}, 1],
      [Symbol('s'), 2],
      ['x', new Map()],
    ]),
  () => `a\ud800b\udfffc`,
  () => `line\n${FORGED_HEAD}\n`,
  () => `\r\n\u2028\u2029${FORGED_HEAD}`,
  () => FORGED_HEAD,
  () => '%s %d %j %o %i %% %',
  () => '__proto__',
  () => Symbol('symbol'),
  () => 10n ** 400n,
  () => refuse,
  () => class Klass {},
  () => Number.NaN,
  () => Number.NEGATIVE_INFINITY,
  () => -0,
  () => new Number(1),
  () => new String('s'),
];

/** What takes longest to look at. */
const HEAVY: readonly (() => unknown)[] = [
  () => deep(5000),
  () => new Endless([1]),
  () => new Uint8Array(100_000),
  () => Array(100_000),
  () => Array.from({ length: 3000 }, (_, i) => ({ i })),
  () => Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`k${i}`, i])),
  () => 'x'.repeat(70_000),
  () => '€'.repeat(30_000),
  () => '\u0000\u001f"\\'.repeat(10_000),
  () => '😀'.repeat(15_000),
];

/** Makes the value: it must not come into the hands of whatever generates and prints cases. */
export type Make = () => unknown;

const anything: fc.Arbitrary<unknown> = fc.anything({
  maxDepth: 2,
  maxKeys: 4,
  withBigInt: true,
  withNullPrototype: true,
  withMap: true,
  withSet: true,
  withDate: true,
  withTypedArray: true,
  key: fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('level', 'trailgate', 'error', 'toJSON', 'message'),
  ),
});

/** Any UTF-16 units, halves of pairs included. */
function anyText(maxLength: number): fc.Arbitrary<string> {
  const unit = fc.oneof(fc.nat(0x7f), fc.nat(0xffff));
  return fc.array(unit, { maxLength }).map((units) => String.fromCharCode(...units));
}

/** A secret in the middle of any text, or under a name that gives it away. */
export const secretText: fc.Arbitrary<string> = fc
  .tuple(anyText(12), fc.constantFrom(...SECRETS), fc.nat(9000))
  .map(
    ([around, secret, before]) =>
      `${'word '.repeat(before % 40 === 0 ? before / 5 : 1)}${around} ${secret} ${around}`,
  );

const secretFields: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom(...SECRET_NAMES), secretText, fc.nat(3))
  .map(([name, text, depth]) => {
    const fields = { [name]: PASSWORD, note: text, list: [text], query: `/login?password=${PASSWORD}&a=1` };
    return depth === 0 ? fields : { inner: [{ body: JSON.stringify(fields), fields }] };
  });
const secretError: fc.Arbitrary<unknown> = secretText.map((text) =>
  Object.assign(new Error(text, { cause: new Error(`password=${PASSWORD}`) }), {
    config: { password: PASSWORD },
  }),
);

/** Anything that a caller or a client may hand to the SDK. */
export const hostile: fc.Arbitrary<Make> = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(...SPECIMENS) },
  { weight: 1, arbitrary: fc.constantFrom(...HEAVY) },
  { weight: 30, arbitrary: given(anything) },
  { weight: 20, arbitrary: given(anyText(40)) },
  { weight: 20, arbitrary: given(secretText) },
  { weight: 10, arbitrary: given(secretFields) },
  { weight: 10, arbitrary: given(secretError) },
);

function given(values: fc.Arbitrary<unknown>): fc.Arbitrary<Make> {
  return values.map((value) =>
    Object.assign(() => value, { [fc.toStringMethod]: () => `() => ${fc.stringify(value)}` }),
  );
}

/** Text for headers, paths, ids: what a client can send. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  anyText(60),
  secretText,
  fc.constantFrom(
    '',
    ' ',
    'x'.repeat(9000),
    '€'.repeat(5000),
    `a\r\n${FORGED_HEAD}`,
    '__proto__',
    'constructor',
    '0'.repeat(32),
  ),
);

/** Holds lines to the contract as they are written: keeps nothing but the last sequence number. */
export class LineJudge {
  lines = 0;
  #nextSeq = 0;
  #instance: string | undefined;

  /** `write` of the SDK's ports. Throws what is wrong, with the opening of the line. */
  readonly judge = (text: string): readonly (readonly [RecordHead, Readonly<Record<string, unknown>>])[] => {
    if (!text.endsWith('\n') || !text.isWellFormed())
      throw new Error(`no whole lines: ${text.slice(0, 300)}`);
    return text
      .slice(0, -1)
      .split('\n')
      .map((line) => this.#take(line));
  };

  #take(line: string): readonly [RecordHead, Readonly<Record<string, unknown>>] {
    const fault = (what: string): Error => new Error(`${what}: ${line.slice(0, 2000)}`);
    const reading = readHead(line);
    if (reading.is !== 'record') throw fault('no readable head');
    const bytes = Buffer.byteLength(line, 'utf8') + 1;
    if (bytes > MAX_LINE_BYTES) throw fault(`${bytes} bytes`);
    this.#instance ??= reading.head.instance;
    if (reading.head.instance !== this.#instance) throw fault('another instance');
    if (reading.head.seq !== this.#nextSeq) throw fault(`sequence number is not ${this.#nextSeq}`);
    this.#nextSeq += 1;
    this.lines += 1;
    for (const secret of [...SECRETS, PASSWORD]) if (line.includes(secret)) throw fault(`holds ${secret}`);
    return [reading.head, parsed(line, fault)];
  }
}

function parsed(line: string, fault: (what: string) => Error): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    throw fault('no JSON');
  }
}
