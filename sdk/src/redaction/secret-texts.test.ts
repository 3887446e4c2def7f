import { describe, expect, test } from 'vitest';
import { DEFAULT_REDACTION, redactedText } from './redacted-copy.ts';

const clean = (text: string): string => redactedText(text, 10_000);
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P';

describe('texts', () => {
  test.each([
    ['Authorization: Bearer abcdef0123456789', 'Authorization: Bearer [redacted]'],
    ['Authorization: Digest username="ann", response="6629fae4"', 'Authorization: [redacted]'],
    ['/login?password=hunter2&next=/', '/login?password=[redacted]&next=/'],
    ['{"user":"bob","password":"hunter2"}', '{"user":"bob","password":"[redacted]"}'],
    ['{"password":"a\\"b,c","n":1}', '{"password":"[redacted]","n":1}'],
    ['{\\"client_secret\\": \\"s3cr3t\\"}', '{\\"client_secret\\": \\"[redacted]\\"}'],
    ['{"pin":1234,"ok":true}', '{"pin":"[redacted]","ok":true}'],
    ['{"credentials":{"a":"}","b":[1]},"n":1}', '{"credentials":"[redacted]","n":1}'],
    ['[["authorization","x1"],["accept","*/*"]]', '[["authorization","[redacted]"],["accept","*/*"]]'],
    ['[{"name":"X-Api-Key","value":"v-1"}]', '[{"name":"X-Api-Key","value":"[redacted]"}]'],
    ["{ password: 'hunter2', user: 'bob' }", "{ password: '[redacted]', user: 'bob' }"],
    ["Map(1) { 'password' => 'hunter2' }", "Map(1) { 'password' => '[redacted]' }"],
    ['Cookie: sid=abc; theme=dark\nHost: x', 'Cookie: [redacted]\nHost: x'],
    ['postgres://app:s3cret@db.local:5432/shop', 'postgres://[redacted]@db.local:5432/shop'],
    ['Server=db;User Id=app;Password=s3cret;', 'Server=db;User Id=app;Password=[redacted];'],
    ['wrong password "letmein" for bob', 'wrong password "[redacted]" for bob'],
    ['wrong password: letmein', 'wrong password: [redacted]'],
    ['api key: 12ab34cd', 'api key: [redacted]'],
    ['<user>bob</user><password>hunter2</password>', '<user>bob</user><password>[redacted]</password>'],
    ['user%5Bpassword%5D=hunter2&a=1', 'user%5Bpassword%5D=[redacted]&a=1'],
    ['next=%2Flogin%3Ftoken%3Dabc123%26a%3D1', 'next=%2Flogin%3Ftoken%3D[redacted]%26a%3D1'],
    ['GET /cb?code=4%2F0AX4XfWh&state=9', 'GET /cb?code=[redacted]&state=9'],
    ['blob?sv=2024&sig=abc%3D&se=1', 'blob?sv=2024&sig=[redacted]&se=1'],
    ['basic dXNlcjpwYXNz, bearer%20abc123def456', 'basic [redacted], bearer%20[redacted]'],
    ['mysql -u root --password hunter2 -h x', 'mysql -u root --password [redacted] -h x'],
    ["where email = 'a@b.example' and pass = 'x1'", "where email = '[redacted]' and pass = '[redacted]'"],
    ['card 4111 1111 1111 1111 123 12/27', 'card [redacted] 123 12/27'],
    ['to GB29 NWBK 6016 1331 9268 19 today', 'to [redacted] today'],
    ['mail jane.doe@example.com, müller@bücher.example', 'mail [redacted], [redacted]'],
    ['-----BEGIN PRIVATE KEY-----\\nMIIB\\n-----END PRIVATE KEY----- after', '[redacted] after'],
  ])('%s becomes %s', (text, expected) => {
    expect(clean(text)).toBe(expected);
    expect(clean(expected)).toBe(expected);
  });

  test.each([
    ...['took 1763805600123 ms', 'order 4111111111111112', 'invalid token: expired', 'version 1.2.3', 'a=b'],
    ...['trace 4bf92f3577b34da6a3ce929d0e0e4736', 'password: must be at least 8 characters', 'at 12:30:05'],
    ...['basic authentication required', 'Bearer realm="orders"', 'cursor eyJpZCI6MTAsImRpciI6Im5leHQifQ=='],
    ...['arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf', 'pino@10.4.0', 'a@b'],
    ...[
      "Unexpected token '}'",
      'TokenExpiredError: jwt expired',
      'https://x.example/orders/17?page=2&sort=asc',
    ],
    ...[
      'DE44500105175407324930',
      '1f0b6c5e-4111-1111-1111-111111111111',
      '2026-11-22 10:00:00.123',
      'IDs 12, 13',
    ],
    ...['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', '{"tokens":512,"tokenType":"x"}'],
  ])('%s is left as it is', (text) => {
    expect(clean(text)).toBe(text);
  });

  // Any of them takes minutes where the time grows with the square of the length.
  test.each(['-eyJaaaaaa', 'password=', 'cookie:'])('a long text behind %s is read once', (opening) => {
    for (const unit of [')', ',', '\\', opening]) {
      const text = `${opening}${unit.repeat(262_144 / unit.length)}x`;
      expect(DEFAULT_REDACTION.text(text, text.length)).toContain(opening);
    }
  });

  test('a value that gets quotes of its own keeps the line valid', () => {
    const literal = DEFAULT_REDACTION.literal("{'password':hunter2}", 100);
    expect(JSON.parse(literal)).toBe(`{'password':"[redacted]"}`);
  });

  test('a secret across the cut of a long text does not show', () => {
    for (const secret of [JWT, '4111 1111 1111 1111', 'AKIAIOSFODNN7EXAMPLE', 'GB29NWBK60161331926819']) {
      for (let at = 0; at <= secret.length; at++) {
        const cut = redactedText(`${'x'.repeat(100 - at)} ${secret}${' y'.repeat(5000)}`, 100);
        expect(cut).not.toContain(secret.slice(0, 6));
      }
    }
  });

  test('a secret where reading stops does not show either', () => {
    for (let at = 0; at < 40; at++) {
      const text = `${`${JWT} `.repeat(30)}${'z'.repeat(at)} 4111 1111 1111 1111${' y'.repeat(5000)}`;
      for (const maxChars of [500, 1000, 1500]) expect(redactedText(text, maxChars)).not.toMatch(/4111|eyJ/);
    }
  });
});
