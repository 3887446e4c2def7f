/** The state that the page shows, kept current by the connection; time goes on between two messages. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { applyChange } from '../../live/state-change.ts';
import type { ConsoleState } from '../../view.ts';
import { type Connection, connect, type Link } from './connection.ts';

interface Heard {
  readonly state: ConsoleState;
  /** The page's own clock, ms, when the state was current. */
  readonly at: number;
}

export interface LiveState {
  readonly link: Link;
  readonly state: ConsoleState | undefined;
  /** The console's clock, epoch ms; stands still while the connection is lost. */
  readonly now: number;
  /** Connects at once. */
  readonly again: () => void;
}

export function useLiveState(url: string): LiveState {
  const [link, setLink] = useState<Link>('connecting');
  const [heard, setHeard] = useState<Heard>();
  const [, setTick] = useState(0);
  const connection = useRef<Connection>(undefined);

  useEffect(() => {
    const opened = connect(url, {
      snapshot: (state) => setHeard({ state, at: performance.now() }),
      change: (change) =>
        setHeard((known) => known && { state: applyChange(known.state, change), at: performance.now() }),
      beat: (now) => setHeard((known) => known && { state: { ...known.state, now }, at: performance.now() }),
      link: setLink,
    });
    connection.current = opened;
    return opened.end;
  }, [url]);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), 1_000);
    return () => clearInterval(timer);
  }, []);

  const elapsed = heard === undefined || link !== 'live' ? 0 : performance.now() - heard.at;
  return {
    link,
    state: heard?.state,
    now: (heard?.state.now ?? 0) + elapsed,
    again: () => connection.current?.again(),
  };
}
