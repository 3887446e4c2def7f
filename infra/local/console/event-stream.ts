/** Server-sent events to every open page; a page that does not keep up is let go and comes back for a fresh state. */
import type { ServerResponse } from 'node:http';

/** Pages at once: more is a mistake, and each costs a copy of every change. */
const MAX_PAGES = 32;
/** Bytes that may wait for one page, beside what the kernel holds. */
const MAX_BACKLOG_BYTES = 1_048_576;
/** Milliseconds after which a page that lost us tries again. */
const RETRY_MS = 1_000;

export type StreamEvent = 'snapshot' | 'change' | 'beat';

export class EventStream {
  readonly #pages = new Set<ServerResponse>();

  get pages(): number {
    return this.#pages.size;
  }

  /** Sends the snapshot, then everything that is broadcast; false when there are too many pages already. */
  open(response: ServerResponse, snapshot: unknown): boolean {
    if (this.#pages.size >= MAX_PAGES) return false;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    response.write(`retry: ${RETRY_MS}\n\n${frame('snapshot', snapshot)}`);
    this.#pages.add(response);
    response.on('close', () => this.#pages.delete(response));
    // A reset by the page is an ordinary end: 'close' follows.
    response.on('error', () => this.#pages.delete(response));
    return true;
  }

  broadcast(event: StreamEvent, data: unknown): void {
    if (this.#pages.size === 0) return;
    const text = frame(event, data);
    for (const page of this.#pages) {
      if (page.writableLength > MAX_BACKLOG_BYTES) {
        this.#pages.delete(page);
        page.destroy();
      } else {
        page.write(text);
      }
    }
  }

  close(): void {
    for (const page of this.#pages) page.end();
    this.#pages.clear();
  }
}

// JSON.stringify leaves no line break and no lone surrogate, so one data line holds any content.
function frame(event: StreamEvent, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
