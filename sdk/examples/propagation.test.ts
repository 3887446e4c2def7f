import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createTrailgate } from '@trailgate/sdk';
import { expect, test } from 'vitest';
import { checkoutHandler } from './propagation.ts';

test('the queue and the service behind HTTP learn which request they work for', async () => {
  const bodies: string[] = [];
  let traceparent: unknown;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      if (request.url === '/stock') traceparent = request.headers.traceparent;
      const { MessageBody = '' } = body.startsWith('{') ? (JSON.parse(body) as { MessageBody?: string }) : {};
      const md5 = createHash('md5').update(MessageBody).digest('hex');
      response.end(JSON.stringify({ MessageId: 'm', MD5OfMessageBody: md5 }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
  const sqs = new SQSClient({ region: 'eu-west-1', endpoint: origin, credentials });
  const trailgate = createTrailgate({ service: 'checkout', ports: { write: () => {} } });
  try {
    const handler = checkoutHandler(trailgate, sqs, `${origin}/1/orders`, `${origin}/stock`);
    const context = { awsRequestId: 'r-1', functionName: 'checkout' };
    expect(await handler({ id: 'o-7' }, context)).toEqual({ statusCode: 202 });
  } finally {
    sqs.destroy();
    server.closeAllConnections();
    server.close();
  }
  const [forStock, forQueue = ''] = bodies;
  expect(forStock).toBe('o-7');
  const { MessageBody, MessageAttributes } = JSON.parse(forQueue) as {
    MessageBody: string;
    MessageAttributes: Record<string, { StringValue: string }>;
  };
  expect(MessageBody).toBe('{"id":"o-7"}');
  expect(Object.keys(MessageAttributes)).toEqual(['_trailgate']);
  const ids = JSON.parse(MessageAttributes._trailgate?.StringValue ?? '') as Record<string, unknown>;
  expect(ids.traceparent).toBe(traceparent);
  expect(ids.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]$/);
  expect(ids.correlation_id).toMatch(/^.{1,128}$/);
});
