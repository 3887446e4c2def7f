/** Keeps the page connected to the console's events, and says when it is not. */
import type { ConsoleChange, ConsoleState } from '../view.ts';

export type Link = 'connecting' | 'live' | 'lost';

export interface ConnectionEvents {
  snapshot(state: ConsoleState): void;
  change(change: ConsoleChange): void;
  beat(now: number): void;
  link(link: Link): void;
}

/** Milliseconds without a word from a console that says something every 5 s at the latest. */
const SILENCE_MS = 12_000;
/** Milliseconds until a connection that the browser gave up is opened again. */
const REOPEN_MS = 1_000;

/** Connects, and connects again whenever the connection ends; returns the function that ends it for good. */
export function connect(url: string, events: ConnectionEvents): () => void {
  let source: EventSource | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;

  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => reopen(0), SILENCE_MS);
    events.link('live');
  };
  const reopen = (delay: number): void => {
    events.link('lost');
    source?.close();
    clearTimeout(silence);
    clearTimeout(reopening);
    reopening = setTimeout(open, delay);
  };
  const open = (): void => {
    const opened = new EventSource(url);
    source = opened;
    on<ConsoleState>(opened, 'snapshot', (state) => {
      events.snapshot(state);
      heard();
    });
    on<ConsoleChange>(opened, 'change', (change) => {
      events.change(change);
      heard();
    });
    on<{ now: number }>(opened, 'beat', ({ now }) => {
      events.beat(now);
      heard();
    });
    // Whether the browser would try again depends on what failed, so the page does it itself.
    opened.onerror = () => reopen(REOPEN_MS);
  };

  open();
  return () => {
    clearTimeout(silence);
    clearTimeout(reopening);
    source?.close();
  };
}

function on<T>(source: EventSource, type: string, listener: (data: T) => void): void {
  source.addEventListener(type, (event) => listener(JSON.parse(event.data) as T));
}
