import { redactionRules } from '@trailgate/sdk/redaction';
import { canonicalJson, linkHash, verifyTrail } from '@trailgate/sdk/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logLine, rollupLine, sdkLine, trailLine } from '../testing/sdk-lines.ts';
import { documentText, type Members } from './document-text.ts';
import { createLineRedaction } from './line-redaction.ts';
import { FORMED, tell } from './planted-secrets.test-data.ts';

const redaction = createLineRedaction();
const AWS = {
  cloudwatch: { log_group: '/aws/lambda/orders', log_stream: 's', event_id: '4111111111111111' },
};

function written(document: Members, rules = redaction): Members {
  return JSON.parse(documentText(document, rules)) as Members;
}

/** As a collector makes a document of a line. */
function documentOf(line: string): Members {
  const { timestamp, ...record } = JSON.parse(line) as Members;
  return { '@timestamp': timestamp, ...record, cloud: { account: { id: '1' } }, aws: AWS };
}

/** A trail record with a true link, as an SDK without a key writes it. */
function linkedLine(more: object): string {
  const chain = { n: 0, prev: '0'.repeat(64) };
  const record = JSON.parse(trailLine(0, { chain, ...more })) as Members;
  return trailLine(0, { ...more, chain: { ...chain, hash: linkHash(record) } });
}

describe('what is trusted', () => {
  test('stamps, machine part and link stay, and a secret beside them goes', () => {
    const chain = {
      n: 3,
      prev: '1'.repeat(64),
      key: 'arn:aws:secretsmanager:eu-west-1:1:secret:db-password:v1',
      hash: 'f'.repeat(64),
    };
    const document = documentOf(trailLine(4, { chain, target: 'password=hunter2' }));
    expect(written(document)).toEqual({ ...document, target: 'password=[redacted]' });
  });

  test('a link that holds more than a link does is read like anything', () => {
    const chain = {
      n: 3,
      prev: 'AKIAIOSFODNN7EXAMPLE',
      key: 'Bearer abcdef0123456789',
      hash: 'f'.repeat(64),
      note: 'x@shop.example',
    };
    expect(written({ chain }).chain).toEqual({
      ...chain,
      prev: '[redacted]',
      key: 'Bearer [redacted]',
      note: '[redacted]',
    });
  });

  test.each([
    [
      'a user who is known by an address',
      { principal: 'user:ann@shop.example', user: { id: 'ann@shop.example' } },
    ],
    ['a role that speaks of tokens', { user: { id: 'ann', roles: ['token:refresh', 'secrets:read'] } }],
    ['a span id that looks like a card', { span_id: '4111111111111111' }],
    ['folded users', { fields: { users: ['ann@shop.example', 'bob@shop.example'] } }],
    [
      'a reason behind an action that speaks of tokens',
      {
        message: 'authn_token_created: rotated',
        event: { kind: 'event', action: 'authn_token_created', outcome: 'success', reason: 'rotated' },
      },
    ],
  ])('%s leaves the trail whole', (_, more) => {
    const line = linkedLine(more);
    const document = written(documentOf(line));
    expect(verifyTrail([document], { ordered: false })).toMatchObject({ ok: true, records: 1 });
    expect(document).toMatchObject(more);
  });

  test('any text that was redacted before leaves the trail whole', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), FORMED), (text) => {
        const clean = redaction.text(text);
        const line = linkedLine({
          target: clean,
          fields: JSON.parse(redaction.json({ [text]: [text] })) as object,
        });
        const { cloud: _, aws: __, ...document } = written(documentOf(line));
        const { timestamp, ...record } = JSON.parse(line) as Members;
        expect(canonicalJson(document)).toBe(canonicalJson({ '@timestamp': timestamp, ...record }));
      }),
      { numRuns: 200 },
    );
  });

  test('the counts of a rollup are neither cards nor passwords', () => {
    const line = JSON.parse(rollupLine(1)) as { rollup: { counters: object[] } } & Members;
    const counters = [{ name: 'PasswordResets', unit: 'Count', value: 4111111111111111 }];
    const principals = [{ tenant: 'acme', principal: 'user:ann@shop.example', count: 6, refused: 2 }];
    const rollup = { ...line.rollup, counters, principals };
    expect(written({ ...line, rollup })).toEqual({ ...line, rollup });
    const more = { note: 'password=hunter2', card: 4111111111111111 };
    expect(written({ ...line, rollup: { ...rollup, ...more } })).toEqual({
      ...line,
      rollup: { ...rollup, note: 'password=[redacted]', card: '[redacted]' },
    });
  });
});

test('no secret shows in any part of a record', () => {
  const plant = (secret: string): readonly string[] => [
    logLine(1, { message: secret, fields: { [secret]: [secret], body: JSON.stringify({ a: secret }) } }),
    logLine(1, {
      tenant: `x ${secret}`,
      principal: `x ${secret}`,
      user: { id: `x ${secret}`, roles: [secret] },
      route: secret,
    }),
    logLine(1, { error: { type: secret, message: secret, stack_trace: secret, cause: { message: secret } } }),
    trailLine(1, {
      target: secret,
      event: { action: 'authz_fail', outcome: 'failure', reason: secret },
      stray: secret,
    }),
    trailLine(1, {
      chain: { n: 1, prev: secret, hash: secret, key: secret },
      span_id: `${secret} `,
      trace_id: secret,
    }),
    sdkLine('rollup', 1, {
      rollup: { counters: [{ name: secret, unit: secret, value: 1 }], [secret]: { value: secret } },
    }),
  ];
  fc.assert(
    fc.property(FORMED, (secret) => {
      for (const line of plant(secret)) {
        expect(documentText(documentOf(line), redaction)).not.toContain(tell(secret));
      }
    }),
    { numRuns: 200 },
  );
});

test('a deployment can have identities hashed, everywhere in the same way', () => {
  const names = ['principal', 'user.id'];
  const hashing = createLineRedaction(redactionRules({ hash: { key: '0123456789abcdef', names } }));
  const document = {
    principal: 'user:ann@shop.example',
    user: { id: 'ann' },
    rollup: { principals: [{ principal: 'user:ann@shop.example', count: 1 }] },
  };
  const read = written(document, hashing) as typeof document;
  expect(read.principal).toMatch(/^hmac:[\w-]{22}$/);
  expect(read.user.id).toMatch(/^hmac:[\w-]{22}$/);
  expect(read.rollup.principals[0]?.principal).toBe(read.principal);
});
