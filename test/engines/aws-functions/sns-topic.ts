/** One topic of SNS on a loopback port: takes signed PublishBatch requests of the query protocol and keeps the messages. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signatureFault } from './signed-request.ts';

export interface PublishedMessage {
  readonly subject: string | null;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface SnsTopic {
  readonly url: string;
  readonly messages: readonly PublishedMessage[];
  stop(): Promise<void>;
}

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';
const MAX_ENTRIES = 10;

export async function startSnsTopic(arn: string, secret: string): Promise<SnsTopic> {
  const messages: PublishedMessage[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const { method = '', url: path = '', headers } = request;
    const form = new URLSearchParams(body);
    const fault = signatureFault({ method, path, headers, body }, secret) ?? formFault(form, arn);
    if (fault !== undefined) {
      const error = `<Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>${fault}</Message></Error>`;
      response
        .writeHead(400, { 'content-type': 'text/xml' })
        .end(`<ErrorResponse xmlns="${NAMESPACE}">${error}<RequestId>r</RequestId></ErrorResponse>`);
      return;
    }
    const entries = members(form, 'PublishBatchRequestEntries');
    messages.push(...entries.map((prefix) => messageOf(form, prefix)));
    const members_ = entries.map(
      (prefix, n) =>
        `<member><Id>${form.get(`${prefix}.Id`)}</Id><MessageId>m-${messages.length}-${n}</MessageId></member>`,
    );
    const result = `<PublishBatchResult><Successful>${members_.join('')}</Successful><Failed/></PublishBatchResult>`;
    response
      .writeHead(200, { 'content-type': 'text/xml' })
      .end(`<PublishBatchResponse xmlns="${NAMESPACE}">${result}</PublishBatchResponse>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function formFault(form: URLSearchParams, arn: string): string | undefined {
  if (form.get('Action') !== 'PublishBatch')
    return `Action: expected PublishBatch, got ${form.get('Action')}`;
  if (form.get('Version') !== '2010-03-31') return `Version: got ${form.get('Version')}`;
  if (form.get('TopicArn') !== arn) return `TopicArn: expected ${arn}, got ${form.get('TopicArn')}`;
  const entries = members(form, 'PublishBatchRequestEntries');
  if (entries.length === 0 || entries.length > MAX_ENTRIES) return `entries: expected 1 to 10`;
  const ids = new Set(entries.map((prefix) => form.get(`${prefix}.Id`)));
  if (ids.size !== entries.length || [...ids].some((id) => !/^[\w-]{1,80}$/.test(id ?? ''))) return 'Id';
  const subjects = entries.map((prefix) => form.get(`${prefix}.Subject`) ?? 'x');
  return subjects.find((subject) => !/^[!-~][ -~]{0,99}$/.test(subject));
}

/** `name.member.1`, `name.member.2`, … as far as there are such. */
function members(form: URLSearchParams, name: string): readonly string[] {
  const prefixes = [...form.keys()].flatMap((key) => (key.startsWith(`${name}.`) ? [key] : []));
  const numbers = prefixes.map((key) => Number(/^\D*(\d+)/.exec(key.slice(name.length))?.[1]));
  const kind = prefixes[0]?.slice(name.length + 1).split('.')[0];
  return [...new Set(numbers)].map((number) => `${name}.${kind}.${number}`);
}

function messageOf(form: URLSearchParams, prefix: string): PublishedMessage {
  const attributes = members(form, `${prefix}.MessageAttributes`).map((at) => [
    form.get(`${at}.Name`) ?? '',
    form.get(`${at}.Value.StringValue`) ?? '',
  ]);
  return {
    subject: form.get(`${prefix}.Subject`),
    message: form.get(`${prefix}.Message`) ?? '',
    attributes: Object.fromEntries(attributes),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
