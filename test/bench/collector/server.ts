/** A process that takes every `_bulk` call as OpenSearch would answer it, and keeps nothing; tells its port on standard output. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const LINE_BREAK = 0x0a;
const CREATED = '{"create":{"status":201}}';

const server = createServer((request, response) => {
  let lineBreaks = 0;
  request.on('data', (bytes: Buffer) => {
    for (let at = bytes.indexOf(LINE_BREAK); at >= 0; at = bytes.indexOf(LINE_BREAK, at + 1)) lineBreaks++;
  });
  request.on('end', () => {
    const items = new Array<string>(lineBreaks >> 1).fill(CREATED).join(',');
    response.setHeader('content-type', 'application/json');
    response.end(`{"took":1,"errors":false,"items":[${items}]}`);
  });
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
