import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rulesAnswer } from './answer-shapes.ts';
import { ask, order } from './api.ts';

let respond: RequestListener;
const server = createServer((request, response) => respond(request, response));
let url: string;

beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/rules`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const answering =
  (status: number, body: string): RequestListener =>
  (_, response) =>
    response.writeHead(status).end(body);
const rules = (left = new AbortController().signal): Promise<unknown> => ask(url, rulesAnswer, left);

describe('asking the console', () => {
  test('an answer of the right shape is given', async () => {
    respond = answering(200, '{"rules":[]}');
    expect(await rules()).toEqual({ rules: [] });
  });

  test('what is no JSON, or of another shape, is said to be unreadable and may pass', async () => {
    for (const body of ['<html>', '{"rules":5}', '[]', 'null', '']) {
      respond = answering(200, body);
      await expect(rules()).rejects.toMatchObject({ code: 'MALFORMED', passes: true });
    }
  });

  test('what the console says of its trouble is passed on, and only its own troubles pass', async () => {
    respond = answering(503, '{"error":{"code":"INDEX_AWAY","message":"the index does not answer"}}');
    await expect(rules()).rejects.toMatchObject({
      code: 'INDEX_AWAY',
      message: 'the index does not answer',
      passes: true,
    });
    respond = answering(404, '{"error":{"code":"NOT_FOUND","message":"no such document"}}');
    await expect(rules()).rejects.toMatchObject({ code: 'NOT_FOUND', passes: false });
    respond = answering(502, 'Bad gateway');
    await expect(rules()).rejects.toMatchObject({ code: 'HTTP_502', passes: true });
  });

  test('a huge answer is let go before it fills the page', async () => {
    let ended = false;
    respond = (_, response) => {
      response.on('close', () => {
        ended = true;
      });
      const part = 'x'.repeat(1_000_000);
      const send = (): void => {
        while (!response.destroyed && response.write(part));
        response.once('drain', send);
      };
      send();
    };
    await expect(rules()).rejects.toMatchObject({ code: 'TOO_LARGE', passes: false });
    await expect.poll(() => ended).toBe(true);
  });

  test('a console that is away is said to be away', async () => {
    respond = (request) => request.socket.destroy();
    await expect(rules()).rejects.toMatchObject({ code: 'UNREACHABLE', passes: true });
  });

  test('a reader who has left ends the call', async () => {
    const left = new AbortController();
    const gone = new Promise((resolve) => {
      respond = (_, response) => {
        response.on('close', resolve);
        left.abort(new Error('left'));
      };
    });
    await expect(rules(left.signal)).rejects.toThrow('left');
    await gone;
  });

  test('an order is sent as JSON and answers what was done', async () => {
    respond = (request, response) => {
      request.setEncoding('utf8').on('data', (body: string) => {
        const done = `${request.method} ${request.headers['content-type']} ${body}`;
        response.end(JSON.stringify({ done }));
      });
    };
    expect(await order(url, { fault: 'table-up' })).toBe('POST application/json {"fault":"table-up"}');
  });
});
