/** CloudWatch metrics of the local stack: PutMetricData on the wire as AWS clients send it and metrics in log lines, read in the process. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { LOOPBACK, listenOnLoopback, stopServer } from '../loopback/listen.ts';
import { emfToMetrics } from './emf.ts';
import { invalidValue, MetricRequestError } from './metric-error.ts';
import { type MetricSeries, MetricStore, type StoreBounds } from './metric-store.ts';
import { readPutMetricData } from './put-metric-data.ts';

export interface CloudWatchOptions extends StoreBounds {
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** A free one when left out. */
  readonly port?: number;
}

export interface CloudWatchServer {
  /** Endpoint for AWS clients, on the loopback interface. */
  readonly url: string;
  /** Series of that name, with the minutes that began at `since` (epoch ms) or later; with dimensions only the one that has exactly these. */
  series(
    name: string,
    dimensions?: Readonly<Record<string, string>>,
    since?: number,
  ): readonly MetricSeries[];
  /** A line of any log group: one in the embedded metric format is put as metrics, any other is nothing. */
  takeLogLine(line: string): void;
  /** Every metric that was put, once a name and namespace. */
  names(): readonly { readonly namespace: string; readonly name: string }[];
  stop(): Promise<void>;
}

const CONTENT_TYPE = 'application/x-amz-json-1.0';
const TARGET = 'GraniteServiceVersion20100801.PutMetricData';
const ERROR_NAMESPACE = 'com.amazonaws.cloudwatch.v2010_08_01';
/** PutMetricData takes 1 MB on the wire, compressed or not. */
const MAX_BODY_BYTES = 1_048_576;
const MAX_INFLATED_BYTES = 16 * 1_048_576;

/** Signatures are not verified. Rejects when the port is taken. */
export async function startCloudWatch(options: CloudWatchOptions): Promise<CloudWatchServer> {
  const store = new MetricStore(options);
  const server = createServer((request, response) => {
    void answer(request, response, (body) => {
      for (const input of readPutMetricData(body, options.clock())) store.add(input);
    });
  });
  const port = await listenOnLoopback(server, 'CloudWatch', options.port ?? 0);
  return {
    url: `http://${LOOPBACK}:${port}`,
    series: (name, dimensions, since) => store.series(name, dimensions, since),
    takeLogLine: (line) => {
      for (const input of emfToMetrics(line, options.clock())) store.add(input);
    },
    names: () => store.names(),
    stop: () => stopServer(server),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  put: (body: unknown) => void,
): Promise<void> {
  try {
    const target = request.headers['x-amz-target'];
    const body = await readBody(request);
    if (request.method !== 'POST' || target !== TARGET) {
      throw new MetricRequestError('UnknownOperationException', `expected ${TARGET}, got ${String(target)}`);
    }
    put(parse(body, request.headers['content-encoding']));
    response.writeHead(200, { 'content-type': CONTENT_TYPE }).end('{}');
  } catch (error) {
    // Anything else is a client that went away in the middle of its request, or a fault of this server.
    if (error instanceof MetricRequestError) refuse(response, error);
    else response.writeHead(500).end(JSON.stringify({ __type: `${ERROR_NAMESPACE}#InternalServiceFault` }));
  }
}

function refuse(response: ServerResponse, error: MetricRequestError): void {
  response
    .writeHead(error.status, { 'content-type': CONTENT_TYPE, 'x-amzn-query-error': error.queryError })
    .end(JSON.stringify({ __type: `${ERROR_NAMESPACE}#${error.code}`, message: error.message }));
}

/** Reads to the end even what is too large, so that the client gets to read the answer. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (bytes > MAX_BODY_BYTES) {
    throw new MetricRequestError(
      'RequestEntityTooLarge',
      `expected at most ${MAX_BODY_BYTES} bytes, got ${bytes}`,
    );
  }
  return Buffer.concat(chunks);
}

function parse(body: Buffer, encoding: string | undefined): unknown {
  if (encoding !== undefined && encoding !== 'gzip') throw invalidValue('Content-Encoding', 'gzip', encoding);
  try {
    const text = encoding === 'gzip' ? gunzipSync(body, { maxOutputLength: MAX_INFLATED_BYTES }) : body;
    return JSON.parse(text.toString('utf8'));
  } catch {
    // The parser's message would quote the body.
    throw new MetricRequestError('SerializationException', `expected JSON, got ${body.length} other bytes`);
  }
}
