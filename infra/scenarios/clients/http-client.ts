/** One client of the API: sends real requests from an address of its own and enters each in the ledger. */
import { Agent, request } from 'node:http';
import type { Actor, LedgerEntry } from './ledger.ts';

export interface Reply {
  readonly status: number;
  readonly body: string;
}

export interface ClientIdentity {
  readonly actor: Actor;
  readonly address: string;
  user: string;
  token?: string;
}

export class HttpClient {
  readonly identity: ClientIdentity;
  readonly #apiUrl: string;
  readonly #enter: (entry: LedgerEntry) => void;
  readonly #agent: Agent;
  readonly #pending = new Set<Promise<Reply>>();

  constructor(apiUrl: string, identity: ClientIdentity, enter: (entry: LedgerEntry) => void, sockets = 1) {
    this.#apiUrl = apiUrl;
    this.identity = identity;
    this.#enter = enter;
    this.#agent = new Agent({ keepAlive: true, maxSockets: sockets });
  }

  /** `route` is the template that the request is counted under. Never rejects. */
  send(route: string, path: string, body?: unknown): Promise<Reply> {
    const reply = this.#send(route, path, body);
    this.#pending.add(reply);
    void reply.then(() => this.#pending.delete(reply));
    return reply;
  }

  /** Resolves when nothing that was sent is still unanswered. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  #send(route: string, path: string, body?: unknown): Promise<Reply> {
    const method = route.split(' ', 1)[0] ?? 'GET';
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const { actor, address, user, token } = this.identity;
    const sent = Date.now();
    return new Promise((resolve) => {
      const finish = (status: number, text: string, correlationId?: string): void => {
        this.#enter({
          actor,
          route,
          status,
          sent,
          answered: Date.now(),
          address,
          user,
          ...(correlationId === undefined ? {} : { correlationId }),
        });
        resolve({ status, body: text });
      };
      const outgoing = request(
        new URL(path, this.#apiUrl),
        {
          method,
          agent: this.#agent,
          headers: {
            'x-forwarded-for': address,
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', () => finish(0, ''));
          response.on('end', () => {
            const id = response.headers['x-correlation-id'];
            finish(
              response.statusCode ?? 0,
              Buffer.concat(chunks).toString('utf8'),
              typeof id === 'string' ? id : undefined,
            );
          });
        },
      );
      outgoing.on('error', () => finish(0, ''));
      outgoing.end(payload);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
