/** Calls an engine's interfaces one by one: answers with status and body, and throws only when there can be no answer. */
import { type Client, errors } from '@opensearch-project/opensearch';
import type { Json } from '../schema/mapping.ts';
import { SetupAnswerError, SetupConnectionError, SetupRefusedError } from './setup-errors.ts';

export interface Answer {
  readonly status: number;
  /** What came as JSON, or an empty object. */
  readonly body: Json;
}

export type Headers = Readonly<Record<string, string>>;

export interface Engine {
  get(path: string): Promise<Answer>;
  /** A question that needs a body, as searches do: asked in a dry run, too. */
  ask(path: string, body: object, headers?: Headers): Promise<Answer>;
  /** Does nothing and answers 200 in a dry run. A text is sent as it is. */
  write(method: 'PUT' | 'POST', path: string, body: Json | string, headers?: Headers): Promise<Answer>;
  /** Does nothing and answers 200 in a dry run. */
  remove(path: string): Promise<Answer>;
}

/** All of them throw SetupConnectionError when nothing answers, SetupAnswerError when it is not JSON, and SetupRefusedError when the caller is not known. */
export function engineOf(client: Client, dryRun: boolean): Engine {
  return {
    get: (path) => call(client, 'GET', path),
    ask: (path, body, headers) => call(client, 'POST', path, body, headers),
    write: async (method, path, body, headers) =>
      dryRun ? { status: 200, body: {} } : await call(client, method, path, body, headers),
    remove: async (path) => (dryRun ? { status: 200, body: {} } : await call(client, 'DELETE', path)),
  };
}

async function call(
  client: Client,
  method: string,
  path: string,
  body?: object | string,
  headers: Headers = {},
): Promise<Answer> {
  const answer = await request(client, method, path, body, headers);
  if (answer.status === 401 && notOffered(answer) === undefined) {
    throw new SetupRefusedError(
      'OpenSearch does not know the caller (401): give the user and password or the region and service that it expects',
    );
  }
  return answer;
}

async function request(
  client: Client,
  method: string,
  path: string,
  body: object | string | undefined,
  headers: Headers,
): Promise<Answer> {
  try {
    const { statusCode, body: answer } = await client.transport.request(
      { method, path, ...(body === undefined ? {} : { body }) },
      { headers: { ...headers } },
    );
    return { status: statusCode ?? 0, body: objectOr(answer) };
  } catch (error) {
    if (error instanceof errors.ResponseError)
      return { status: error.statusCode, body: objectOr(error.body) };
    if (error instanceof errors.DeserializationError) {
      throw new SetupAnswerError('answer: expected JSON, got a text that is none');
    }
    const { name, message } = error as Error;
    if (name === 'CredentialsProviderError') throw new SetupRefusedError(`no credentials of AWS: ${message}`);
    throw new SetupConnectionError(`OpenSearch does not answer: ${message === '' ? name : message}`);
  }
}

/** Why this engine has no such interface, or undefined if it does. */
export function notOffered({ status, body }: Answer): string | undefined {
  const { error, Message } = body;
  if (typeof error === 'string' && error.startsWith('no handler found'))
    return 'the engine has no such plugin';
  if (status === 405) return 'the engine has no such interface';
  // So answers the managed service for interfaces that it keeps to itself.
  if (typeof Message === 'string' && Message.includes('is not allowed'))
    return 'the service does not allow it';
  return undefined;
}

/** Whether an objection, as a step's detail has it, may be gone the next time: the engine is not ready, or its rights are still being set up. */
export function mayPass(detail: string): boolean {
  return /^(?:403|408|429|5\d\d)\b/.test(detail);
}

/** What an engine said against a call: status, kind of error and its reason, of at most 300 characters. */
export function objection({ status, body }: Answer): string {
  const error = objectOr(body.error);
  const said = error.reason ?? body.message ?? body.Message ?? body.error;
  const words = [error.type, said].filter((word) => typeof word === 'string' && word !== '').join(': ');
  return `${status} ${words}`.trim().slice(0, 300);
}

export function objectOr(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
