/** An S3 in memory behind the real client: what it answers was recorded from S3Mock and the S3 API reference. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';

export interface MemoryS3 {
  readonly client: S3Client;
  /** Bytes by `<bucket>/<key>`. */
  readonly objects: Map<string, Uint8Array>;
  /** `METHOD bucket/key` of each request, with ` if-none-match` or ` copy` behind it. */
  readonly requests: string[];
}

export interface MemoryS3Options {
  readonly bucket: string;
  /** What a list answers at most; several make it turn pages. @default 1_000 */
  readonly pageKeys?: number;
  /** An answer instead of carrying the request out, or after it when `done`. */
  readonly fault?: (
    request: string,
  ) => { readonly status: number; readonly code: string; readonly done?: true } | undefined;
  /** Time of writes, epoch milliseconds. */
  readonly clock?: () => number;
}

interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Readable;
}

export function memoryS3({ bucket, pageKeys = 1_000, fault, clock }: MemoryS3Options): MemoryS3 {
  const objects = new Map<string, Uint8Array>();
  const written = new Map<string, number>();
  const requests: string[] = [];

  function carryOut(request: HttpRequest, path: string): Answer {
    const key = path.slice(path.indexOf('/') + 1);
    if (path.split('/', 1)[0] !== bucket) return refuse(404, 'NoSuchBucket');
    if (request.method === 'GET' && key === '') return list(request);
    const found = objects.get(path);
    switch (request.method) {
      case 'GET':
        return found === undefined ? refuse(404, 'NoSuchKey') : answer(200, found, describe(path, found));
      case 'HEAD':
        return found === undefined ? answer(404) : answer(200, '', describe(path, found));
      case 'DELETE':
        objects.delete(path);
        return answer(204);
      default: {
        const source = request.headers['x-amz-copy-source'];
        if (request.headers['if-none-match'] === '*' && found !== undefined) {
          return refuse(412, 'PreconditionFailed');
        }
        const expected = request.headers['if-match'];
        if (expected !== undefined && found === undefined) return refuse(404, 'NoSuchKey');
        if (expected !== undefined && expected !== etagOf(found)) return refuse(412, 'PreconditionFailed');
        const bytes =
          source === undefined
            ? Buffer.from(request.body as Uint8Array)
            : objects.get(decodeURIComponent(source));
        if (bytes === undefined) return refuse(404, 'NoSuchKey');
        objects.set(path, bytes);
        written.set(path, clock?.() ?? 0);
        return source === undefined
          ? answer(200, '', { etag: etagOf(bytes) })
          : answer(200, '<CopyObjectResult></CopyObjectResult>');
      }
    }
  }

  function describe(path: string, bytes: Uint8Array): object {
    return { etag: etagOf(bytes), 'last-modified': new Date(written.get(path) ?? 0).toUTCString() };
  }

  function list({ query }: HttpRequest): Answer {
    const start = `${bucket}/${String(query?.prefix ?? '')}`;
    const token = query?.['continuation-token'];
    const keys = [...objects.keys()]
      .filter((key) => key.startsWith(start) && (typeof token !== 'string' || key > token))
      .sort();
    const page = keys.slice(0, pageKeys);
    const contents = page.map(
      (path) =>
        `<Contents><Key>${xml(path.slice(bucket.length + 1))}</Key><LastModified>${new Date(
          written.get(path) ?? 0,
        ).toISOString()}</LastModified><Size>${objects.get(path)?.length}</Size></Contents>`,
    );
    const next =
      keys.length > page.length
        ? `<NextContinuationToken>${xml(page.at(-1) ?? '')}</NextContinuationToken>`
        : '';
    return answer(200, `<ListBucketResult>${contents.join('')}${next}</ListBucketResult>`);
  }

  const requestHandler = {
    async handle(request: HttpRequest): Promise<{ response: Answer }> {
      const path = decodeURIComponent(request.path).slice(1);
      const condition = request.headers['if-none-match'] === undefined ? '' : ' if-none-match';
      const copy = request.headers['x-amz-copy-source'] === undefined ? '' : ' copy';
      const said = `${request.method} ${path}${condition}${copy}`;
      requests.push(said);
      const failure = fault?.(said);
      if (failure === undefined) return { response: carryOut(request, path) };
      if (failure.done === true) carryOut(request, path);
      return { response: refuse(failure.status, failure.code) };
    },
  };
  const client = new S3Client({
    region: 'us-east-1',
    endpoint: 'http://s3.invalid',
    forcePathStyle: true,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler,
    maxAttempts: 1,
  });
  return { client, objects, requests };
}

/** As without a key of KMS: the hash of the bytes. */
function etagOf(bytes: Uint8Array = new Uint8Array()): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function refuse(status: number, code: string): Answer {
  return answer(status, `<Error><Code>${code}</Code><Message>said by the test</Message></Error>`);
}

function answer(statusCode: number, body: string | Uint8Array = '', headers = {}): Answer {
  return { statusCode, headers, body: Readable.from([Buffer.from(body)]) };
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
