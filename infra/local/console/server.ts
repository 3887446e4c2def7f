/** Serves the console page of the local stack to this machine: state, changes as they happen, and nothing to change. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LOOPBACK, listenOnLoopback, stopServer } from '../loopback/listen.ts';
import { ConsoleFeed } from './console-feed.ts';
import { EventStream } from './event-stream.ts';
import { loadPage, type PageAssets } from './page.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import type { ConsoleSources } from './sources.ts';

/** Milliseconds between two steps: at most four changes a second reach a page. */
const STEP_MS = 250;
/** Milliseconds between two readings of the limits table. */
const CAPS_MS = 1_000;

export interface ConsoleOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly sources: ConsoleSources;
  /** Epoch ms. */
  readonly clock: () => number;
}

export interface Console {
  readonly url: string;
  readonly port: number;
  /** Lets go of every page and the port; a second call does nothing. */
  stop(): Promise<void>;
}

/** Starts the console. Throws `PortError` when it cannot listen. */
export async function startConsole({ port, sources, clock }: ConsoleOptions): Promise<Console> {
  const assets = await loadPage();
  const stream = new EventStream();
  const feed = new ConsoleFeed(sources, stream);
  const server = createServer((request, response) =>
    answer(request, response, { assets, stream, feed, clock }),
  );
  const bound = await listenOnLoopback(server, 'the console', port);
  // Not waited for: a console that shows that the table is away is better than none.
  void feed.refreshCaps(clock());
  feed.step(clock());
  const steps = setInterval(() => feed.step(clock()), STEP_MS);
  const refreshes = setInterval(() => void feed.refreshCaps(clock()), CAPS_MS);
  return {
    url: `http://${LOOPBACK}:${bound}/`,
    port: bound,
    stop: async () => {
      clearInterval(steps);
      clearInterval(refreshes);
      stream.close();
      await stopServer(server);
    },
  };
}

interface Rooms {
  readonly assets: PageAssets;
  readonly stream: EventStream;
  readonly feed: ConsoleFeed;
  readonly clock: () => number;
}

function answer(request: IncomingMessage, response: ServerResponse, rooms: Rooms): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  const refusal = refusalOf(request);
  if (refusal !== undefined) {
    if (refusal.status === 405) response.setHeader('allow', 'GET');
    send(response, refusal.status, 'text/plain', refusal.reason);
    return;
  }
  const path = (request.url ?? '/').split('?', 1)[0];
  const resource = path === undefined ? undefined : RESOURCES.get(path);
  if (resource !== undefined) send(response, 200, resource.type, resource.body(rooms));
  else if (path !== '/events') send(response, 404, 'text/plain', 'The console has no such page.');
  else if (!rooms.stream.open(response, rooms.feed.state(rooms.clock()))) {
    send(response, 503, 'text/plain', 'Too many console pages are open; close one.');
  }
}

interface Resource {
  readonly type: string;
  readonly body: (rooms: Rooms) => string;
}

const RESOURCES: ReadonlyMap<string, Resource> = new Map<string, Resource>([
  ['/', { type: 'text/html', body: ({ assets }) => assets.html }],
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

/** A page of another site that resolves its own name to this machine must not read the trail (DNS rebinding). */
function refusalOf(
  request: IncomingMessage,
): { readonly status: number; readonly reason: string } | undefined {
  if (!/^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/i.test(request.headers.host ?? '')) {
    return { status: 421, reason: 'The console answers to 127.0.0.1 and localhost only.' };
  }
  if (request.method !== 'GET') return { status: 405, reason: 'The console only shows; it takes GET.' };
  return undefined;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}
