/** The few calls to S3 that quarantine needs, each rejecting with one sentence that names the object. */
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';

export interface BucketOptions {
  readonly bucket: string;
  /** Key or ARN in KMS that encrypts what is written. @default the bucket's own encryption */
  readonly kmsKeyId?: string;
}

/** S3 did not do what quarantine needs of it; nothing may be taken for durable. */
export class S3QuarantineError extends Error {
  readonly code = 'S3_QUARANTINE';
  override readonly name = 'S3QuarantineError';

  constructor(action: string, place: string, cause: unknown) {
    const { name, message } = cause instanceof Error ? cause : { name: 'an error', message: String(cause) };
    super(`quarantine in ${place}: expected to ${action}, got ${name}: ${message}`, { cause });
  }
}

export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  /** When it was written, epoch milliseconds. */
  readonly modified: number;
}

/** For a whole call with the client's own retries, milliseconds: one that hangs must not hold a batch. */
const CALL_MS = 30_000;
/** Attempts at a key that another writer holds at the same moment. */
const CONFLICT_ATTEMPTS = 3;
const PRECONDITION_FAILED = 412;
const CONFLICT = 409;

export class Bucket {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #encryption: {
    readonly ServerSideEncryption?: 'aws:kms';
    readonly SSEKMSKeyId?: string;
    readonly BucketKeyEnabled?: true;
  };

  constructor(client: S3Client, { bucket, kmsKeyId }: BucketOptions) {
    this.#client = client;
    this.#bucket = bucket;
    this.#encryption =
      kmsKeyId === undefined
        ? {}
        : // A bucket key spares a call to KMS for each object.
          { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId, BucketKeyEnabled: true };
  }

  /**
   * Creates the object; one that is there already stays as it is.
   * @throws S3QuarantineError
   */
  async create(key: string, body: Uint8Array): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#put(key, body, '*');
        return;
      } catch (error) {
        const status = statusOf(error);
        if (status === PRECONDITION_FAILED) return;
        // Only the winner's object says whether there is one now: S3 asks for another attempt.
        if (status !== CONFLICT || attempt === CONFLICT_ATTEMPTS) throw this.#failed('create it', key, error);
      }
    }
  }

  /** @throws S3QuarantineError */
  async replace(key: string, body: Uint8Array): Promise<void> {
    try {
      await this.#put(key, body);
    } catch (error) {
      throw this.#failed('write it', key, error);
    }
  }

  /** Undefined when there is no such object. @throws S3QuarantineError */
  async read(key: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.#client.send(
        new GetObjectCommand({ Bucket: this.#bucket, Key: key }),
        bounded(),
      );
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
      throw this.#failed('read it', key, error);
    }
  }

  /** Moves the object; one that is gone already is success. @throws S3QuarantineError */
  async move(key: string, to: string): Promise<void> {
    const source = `${this.#bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
    try {
      await this.#client.send(
        new CopyObjectCommand({ Bucket: this.#bucket, Key: to, CopySource: source, ...this.#encryption }),
        bounded(),
      );
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchKey') return;
      throw this.#failed(`copy it to ${to}`, key, error);
    }
    await this.remove(key);
  }

  /** @throws S3QuarantineError */
  async remove(key: string): Promise<void> {
    try {
      await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }), bounded());
    } catch (error) {
      throw this.#failed('delete it', key, error);
    }
  }

  /** Objects whose key starts so, by key. @throws S3QuarantineError */
  async *list(prefix: string): AsyncGenerator<ListedObject, void, void> {
    let token: string | undefined;
    do {
      const page = await this.#listPage(prefix, token);
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        if (Key !== undefined) yield { key: Key, bytes: Size ?? 0, modified: LastModified?.getTime() ?? 0 };
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  async #listPage(prefix: string, token: string | undefined) {
    try {
      const more = token === undefined ? {} : { ContinuationToken: token };
      return await this.#client.send(
        new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: prefix, ...more }),
        bounded(),
      );
    } catch (error) {
      throw this.#failed('list it', prefix, error);
    }
  }

  async #put(key: string, body: Uint8Array, ifNoneMatch?: '*'): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({
        Bucket: this.#bucket,
        Key: key,
        Body: body,
        ContentType: 'application/gzip',
        ...(ifNoneMatch === undefined ? {} : { IfNoneMatch: ifNoneMatch }),
        ...this.#encryption,
      }),
      bounded(),
    );
  }

  #failed(action: string, key: string, error: unknown): S3QuarantineError {
    return new S3QuarantineError(action, `s3://${this.#bucket}/${key}`, error);
  }
}

function bounded(): { readonly abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(CALL_MS) };
}

function statusOf(error: unknown): number | undefined {
  const metadata = (error as { readonly $metadata?: { readonly httpStatusCode?: number } } | null)?.$metadata;
  return metadata?.httpStatusCode;
}
