/** Serves the console page of the local stack to this machine: state, changes as they happen, answers and orders. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LOOPBACK, listenOnLoopback, stopServer } from '../loopback/listen.ts';
import { type AnswerApi, createApi } from './api/answer-api.ts';
import type { ApiRoute } from './api/api-route.ts';
import { API_ROUTES } from './api/routes.ts';
import { EventStream } from './event-stream.ts';
import { ConsoleFeed } from './live/console-feed.ts';
import { loadPage, type PageAssets } from './page.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import type { ConsoleSources } from './sources.ts';

/** Milliseconds between two steps: at most four changes a second reach a page. */
const STEP_MS = 250;
/** Milliseconds between two readings of documents while there are more. */
const CATCH_UP_MS = 20;
/** Milliseconds between two readings of the limits table. */
const CAPS_MS = 1_000;
/** Milliseconds that a request may take to arrive. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Milliseconds that an answer of the API may take. */
const ANSWER_TIMEOUT_MS = 15_000;

export interface ConsoleOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly sources: ConsoleSources;
  /** Epoch ms. */
  readonly clock: () => number;
  /** Milliseconds that a request may take to arrive; 10,000 when left out. */
  readonly requestTimeoutMs?: number;
  /** Milliseconds that an answer of the API may take; 15,000 when left out. */
  readonly answerTimeoutMs?: number;
}

export interface Console {
  readonly url: string;
  readonly port: number;
  /** Lets go of every page and the port; a second call does nothing. */
  stop(): Promise<void>;
}

/** Starts the console. Throws `PortError` when it cannot listen. */
export async function startConsole(options: ConsoleOptions): Promise<Console> {
  const { port, sources, clock } = options;
  const { requestTimeoutMs: requestTimeout = REQUEST_TIMEOUT_MS } = options;
  const assets = await loadPage();
  const stream = new EventStream();
  const feed = new ConsoleFeed(sources, stream);
  const api = createApi({ sources, clock, timeoutMs: options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS });
  const server = createServer(
    { requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval: requestTimeout / 2 },
    (request, response) => {
      answer(request, response, { assets, stream, feed, api, clock }).catch(() => {
        // Whatever it is, it must end neither the stack nor the other pages.
        if (response.headersSent) response.destroy();
        else send(response, 500, 'text/plain', 'The console could not answer.');
      });
    },
  );
  const bound = await listenOnLoopback(server, 'the console', port);
  // Not waited for: a console that shows that the table is away is better than none.
  void feed.refreshCaps(clock());
  feed.step(clock());
  const steps = setInterval(() => feed.step(clock()), STEP_MS);
  const catchUps = setInterval(() => feed.catchUp(clock()), CATCH_UP_MS);
  const refreshes = setInterval(() => void feed.refreshCaps(clock()), CAPS_MS);
  return {
    url: `http://${LOOPBACK}:${bound}/`,
    port: bound,
    stop: async () => {
      for (const timer of [steps, catchUps, refreshes]) clearInterval(timer);
      stream.close();
      await stopServer(server);
    },
  };
}

interface Rooms {
  readonly assets: PageAssets;
  readonly stream: EventStream;
  readonly feed: ConsoleFeed;
  readonly api: AnswerApi;
  readonly clock: () => number;
}

async function answer(request: IncomingMessage, response: ServerResponse, rooms: Rooms): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  if (!isAskedByName(request)) {
    return send(response, 421, 'text/plain', 'The console answers to 127.0.0.1 and localhost only.');
  }
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const allowed = METHODS.get(path);
  if (allowed === undefined) return send(response, 404, 'text/plain', 'The console has no such page.');
  if (request.method !== allowed) {
    response.setHeader('allow', allowed);
    return send(response, 405, 'text/plain', `${path} takes ${allowed}.`);
  }
  if (path !== PAGE && isAskedByForeignPage(request)) {
    return send(response, 403, 'text/plain', 'The console answers its own page only.');
  }
  const route = ROUTES.get(path);
  if (route !== undefined) {
    const { status, text } = await rooms.api(route, request);
    return send(response, status, 'application/json', text);
  }
  const resource = RESOURCES.get(path);
  if (resource !== undefined) return send(response, 200, resource.type, resource.body(rooms));
  if (!rooms.stream.open(response, rooms.feed.state(rooms.clock()))) {
    send(response, 503, 'text/plain', 'Too many console pages are open; close one.');
  }
}

const PAGE = '/';
const EVENTS = '/events';

interface Resource {
  readonly type: string;
  readonly body: (rooms: Rooms) => string;
}

const RESOURCES: ReadonlyMap<string, Resource> = new Map<string, Resource>([
  [PAGE, { type: 'text/html', body: ({ assets }) => assets.html }],
  ['/app.js', { type: 'text/javascript', body: ({ assets }) => assets.script }],
  ['/console.css', { type: 'text/css', body: ({ assets }) => assets.style }],
  [
    '/api/state',
    { type: 'application/json', body: ({ feed, clock }) => JSON.stringify(feed.state(clock())) },
  ],
  [
    '/health',
    { type: 'application/json', body: ({ stream }) => JSON.stringify({ status: 'ok', pages: stream.pages }) },
  ],
]);

const ROUTES: ReadonlyMap<string, ApiRoute> = new Map(API_ROUTES.map((route) => [route.path, route]));

const METHODS: ReadonlyMap<string, 'GET' | 'POST'> = new Map([
  ...[...RESOURCES.keys(), EVENTS].map((path) => [path, 'GET'] as const),
  ...API_ROUTES.map(({ path, method }) => [path, method] as const),
]);

/** A page of another site that resolves its own name to this machine must not read the trail (DNS rebinding). */
function isAskedByName({ headers }: IncomingMessage): boolean {
  return /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/i.test(headers.host ?? '');
}

/** What a browser says of who asks: another site's page may show ours by a link, and may have nothing else of it. */
function isAskedByForeignPage({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  // A body that was refused may not have been read: nothing can follow it on its connection.
  if (status >= 400 && response.req.method === 'POST') response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}
