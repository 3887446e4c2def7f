/** Documents and the words that find them, and documents and texts of all kinds: what the search contract is tried with. */
import fc from 'fast-check';

export const DOCUMENTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  login: {
    message: 'Login of Eve failed',
    event: { action: 'authn_login_fail' },
    user: { id: 'Eve-7' },
    correlation_id: '0b6c8a1e-3F1D',
  },
  order: {
    message: 'order placed',
    route: 'GET /orders/{id}',
    fields: { sku: 'KB-100', inner: { list: ['blue', 'Grün'], n: 42, yes: true } },
    principal: 'ip:203.0.113.7',
  },
  error: {
    message: 'GET /orders 500 in 12.5 ms',
    error: {
      type: 'TypeError',
      message: 'x.y is not a function',
      stack_trace: 'at handler (orders.ts:12)',
    },
    http: { response: { status_code: 500 } },
  },
  finding: {
    message: 'Many failed logins from 203.0.113.78',
    rule: { id: 'f0f1', name: 'credential-stuffing', description: 'One network, many users' },
    evidence: { users_seen: ['Zoë', 'Σίσυφος'] },
    source: { ip: '203.0.113.78' },
  },
  other: { message: '注文が失敗', source: { ip: '2001:db8::1' }, user: { id: '佐藤' } },
};

/** What is typed, and the ids of {@link DOCUMENTS} that it finds, the oldest first. */
export const WORDS: readonly (readonly [text: string, found: string])[] = [
  ['', 'login order error finding other'],
  ['  ', 'login order error finding other'],
  ['LOGIN eve', 'login'],
  ['eve login', 'login'],
  ['login', 'login finding'],
  ['login ', 'login finding'],
  ['logi', 'login finding'],
  ['ogin', ''],
  ['logi eve', ''],
  ['authn_login_fail', 'login'],
  ['authn_log', 'login'],
  ['login_fail', 'login'],
  ['eve-7', 'login'],
  ['7-eve', ''],
  ['/orders', 'order error'],
  ['GET /orders', 'order error'],
  ['get orders 500', 'error'],
  ['404', ''],
  ['kb-100', 'order'],
  ['kb-10', 'order'],
  ['k', ''],
  ['grün', 'order'],
  ['GRÜN', 'order'],
  ['42 true blue', 'order'],
  ['list', ''],
  ['typeerror', 'error'],
  ['x.y', 'error'],
  ['orders.ts:12', 'error'],
  ['12.5', 'error'],
  ['stuffing', 'finding'],
  ['credential-stuffing network', 'finding'],
  ['zoë', 'finding'],
  ['zoe', ''],
  ['ΣΊΣΥΦΟΣ', 'finding'],
  ['203.0.113.7', 'order'],
  ['203.0.113.78', 'finding'],
  ['203.0.113', 'order finding'],
  ['203.0.11', 'order finding'],
  ['203.0.113 many', 'finding'],
  ['0.113', 'order finding'],
  ['0b6c8a1e-3f', 'login'],
  ['0B6C8A1E-3f1d', 'login'],
  ['3f1d', ''],
  ['"0b6c8a1e-3f1d" login', 'login'],
  ['0b6c8a1e login', ''],
  ['2001:DB8:0::1', 'other'],
  ['2001:db8::2', ''],
  ['失敗', 'other'],
  ['佐藤 注文', 'other'],
  ['敗者', ''],
  ['"eve"', 'login'],
  ['eve*', 'login'],
  ['ev*', ''],
  ['***', ''],
  ['eve OR kb', ''],
  ['NOT eve', ''],
  ['eve NEAR login', ''],
  ['user.id:eve', ''],
  ['-eve', 'login'],
  ['eve AND (', ''],
  ['{names} : eve', ''],
];

const character = fc.constantFrom(
  ...['a', 'b', 'B', '1', '2', '_', '.', '-', ':', '/', '"', '*', '\\', '(', ')', ' ', ' ', '\n', 'é', 'É'],
  ...['Σ', 'σ', '漢', '字', '🦦', '\u0000', '@', '#', '~', '<', '&', '|', '[', '{', '^', '+', '?', "'", ','],
);
/** Of letters, and of every sign that some language of queries or patterns has a meaning for. */
export const text = fc.array(character, { minLength: 1, maxLength: 12 }).map((all) => all.join(''));
export const fields = fc.record({
  message: text,
  user: fc.record({ id: text }),
  error: fc.record({ type: text, message: text }),
  correlation_id: text,
  fields: fc.dictionary(fc.stringMatching(/^[ab]{1,3}$/), fc.oneof(text, fc.nat(22), fc.boolean()), {
    maxKeys: 3,
  }),
});
