import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { index } from './index-command.ts';

let server: Server;
let url: string;
let status = 401;
let body = 'Unauthorized';
let type = 'text/plain';

beforeEach(async () => {
  server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test.each([
  [[], 'index: expected apply, diff, got ""'],
  [['apply'], '--url: expected the address of an OpenSearch, got none'],
  [['apply', 'now', '--url', 'http://x'], 'index apply: expected options, got "now"'],
  [['apply', '--url', 'localhost:9200'], 'url: expected one that begins with http:// or https://'],
  [['apply', '--url', 'http://x', '--user', 'a'], 'expected --user and --password-env together'],
  [
    ['apply', '--url', 'http://x', '--user', 'a', '--password-env', 'TRAILGATE_NOT_SET'],
    '--password-env: expected a variable with a password, got TRAILGATE_NOT_SET, which is empty',
  ],
  [
    ['apply', '--url', 'http://x', '--service', 'es'],
    '--region: expected the region of the service, got none',
  ],
  [
    ['apply', '--url', 'http://x', '--region', 'r', '--service', 's3'],
    '--service: expected es, aoss, got "s3"',
  ],
  [['apply', '--url', 'http://x', '--trail-days', '1y'], '--trail-days: expected a whole number'],
  [['apply', '--url', 'http://x', '--map', 'boss=arn'], '--map: expected collector, detector'],
  [['apply', '--url', 'http://x', '--map', 'collector'], '--map: expected collector=BACKEND_ROLE'],
  [['apply', '--url', 'http://x', '--preset', 'huge'], '--preset: expected single, standard, large'],
])('%j is refused', async (args, message) => {
  await expect(index(args)).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining(message),
  });
});

test('an option out of its range is a wrong call, too', async () => {
  await expect(index(['diff', '--url', url, '--shards', '65'])).rejects.toMatchObject({
    code: 'USAGE',
    message: 'shards: expected a whole number from 1 to 64, got 65',
  });
});

test('a caller that is not known gets one sentence that says what to give', async () => {
  await expect(index(['apply', '--url', url])).rejects.toMatchObject({
    code: 'SETUP_REFUSED',
    message: expect.stringContaining('does not know the caller (401)'),
  });
});

test.each([
  ['{}', 'application/json'],
  ['<html>', 'application/json'],
  ['<html>', 'text/html'],
])('what is no OpenSearch is said to be none: %s as %s', async (text, kind) => {
  [status, body, type] = [200, text, kind];
  await expect(index(['apply', '--url', url])).rejects.toMatchObject({ code: 'SETUP_ANSWER' });
});

test('an address where nothing listens is one sentence', async () => {
  await new Promise((resolve) => server.close(resolve));
  await expect(index(['apply', '--url', url])).rejects.toMatchObject({
    code: 'SETUP_CONNECTION',
    message: expect.stringContaining('ECONNREFUSED'),
  });
});
