/** The path that anybody would write first: parse all, hash an id, write all; no redaction, no signals, no account of lines. */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { KinesisStreamEvent } from 'aws-lambda';

interface Subscription {
  readonly messageType: string;
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly logEvents: readonly {
    readonly id: string;
    readonly timestamp: number;
    readonly message: string;
  }[];
}

export interface PlainDocument {
  readonly index: string;
  readonly id: string;
  readonly source: object;
}

export function* straightDocuments(event: KinesisStreamEvent): Generator<PlainDocument> {
  for (const { kinesis } of event.Records) {
    const record = JSON.parse(gunzipSync(Buffer.from(kinesis.data, 'base64')).toString()) as Subscription;
    if (record.messageType !== 'DATA_MESSAGE') continue;
    const { owner, logGroup, logStream } = record;
    for (const { id, timestamp, message } of record.logEvents) {
      const time = new Date(timestamp).toISOString();
      const body = (message.startsWith('{') ? JSON.parse(message) : { message }) as {
        readonly trailgate?: { readonly channel?: string };
      };
      yield {
        index: `${body.trailgate?.channel ?? 'business'}-${time.slice(0, 10).replaceAll('-', '.')}`,
        id: createHash('sha256').update(`${owner}/${logGroup}/${logStream}/${id}`).digest('hex'),
        source: {
          '@timestamp': time,
          ...body,
          cloud: { account: { id: owner } },
          aws: { cloudwatch: { log_group: logGroup, log_stream: logStream, event_id: id } },
        },
      };
    }
  }
}

/** Bodies as `_bulk` takes them. */
export function straightBulk(event: KinesisStreamEvent): Buffer {
  let body = '';
  for (const { index, id, source } of straightDocuments(event)) {
    body += `${JSON.stringify({ create: { _index: index, _id: id } })}\n${JSON.stringify(source)}\n`;
  }
  return Buffer.from(body);
}
