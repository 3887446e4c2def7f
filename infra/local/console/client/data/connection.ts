/** Keeps the page connected to the console's events, and says when it is not. */
import type { ConsoleChange, ConsoleState } from '../../view.ts';
import { beat, consoleChange, consoleState } from './answer-shapes.ts';
import { backoffMs } from './backoff.ts';
import type { Shape } from './shape.ts';

/** `garbled`: connected to something whose words this page cannot read. */
export type Link = 'connecting' | 'live' | 'lost' | 'garbled';

export interface ConnectionEvents {
  snapshot(state: ConsoleState): void;
  change(change: ConsoleChange): void;
  beat(now: number): void;
  link(link: Link): void;
}

export interface Connection {
  /** Connects at once instead of when it is due. */
  again(): void;
  end(): void;
}

/** Milliseconds without a word from a console that says something every 5 s at the latest. */
const SILENCE_MS = 12_000;

/** Connects, and connects again whenever the connection ends, is silent, or says what cannot be read. */
export function connect(url: string, events: ConnectionEvents): Connection {
  let source: EventSource | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => lost(), SILENCE_MS);
    failures = 0;
    events.link('live');
  };
  const lost = (link: Link = 'lost'): void => {
    failures += 1;
    events.link(link);
    close();
    reopening = setTimeout(open, backoffMs(failures));
  };
  const close = (): void => {
    source?.close();
    clearTimeout(silence);
    clearTimeout(reopening);
  };
  const open = (): void => {
    close();
    const opened = new EventSource(url);
    source = opened;
    silence = setTimeout(() => lost(), SILENCE_MS);
    const on = <T>(type: string, shape: Shape<T>, take: (data: T) => void): void =>
      opened.addEventListener(type, (event) => {
        const data = parsed(event.data);
        // A fresh snapshot mends what one bad message has broken.
        if (!shape(data)) return lost('garbled');
        take(data);
        heard();
      });
    on('snapshot', consoleState, events.snapshot);
    on('change', consoleChange, events.change);
    on('beat', beat, ({ now }) => events.beat(now));
    // Whether the browser would try again depends on what failed, so the page does it itself.
    opened.onerror = () => lost();
  };

  open();
  return { again: open, end: close };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON has no shape, and the caller sees to that.
    return undefined;
  }
}
