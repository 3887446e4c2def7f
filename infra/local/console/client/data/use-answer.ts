/** An answer of the console's API for as long as it is wanted: asked again after trouble, dropped when the view is left. */
import { useEffect, useState } from 'preact/hooks';
import { ask } from './api.ts';
import { ApiFailure } from './api-failure.ts';
import { backoffMs } from './backoff.ts';
import type { Shape } from './shape.ts';

/** Milliseconds after which the reader is told that the answer takes its time. */
const SLOW_MS = 3_000;

export interface Answer<T> {
  /** Of this very path; undefined until there is one. */
  readonly value: T | undefined;
  /** The browser's clock, epoch ms, when `value` came. */
  readonly at: number | undefined;
  readonly waiting: boolean;
  readonly slow: boolean;
  readonly failure: ApiFailure | undefined;
  /** The browser's clock, epoch ms, when it will be asked again by itself; null: it will not. */
  readonly retryAt: number | null;
  readonly again: () => void;
}

type Held<T> = Omit<Answer<T>, 'again'> & { readonly path: string | null };

/** `path` null asks for nothing; another `version` asks again for the same. */
export function useAnswer<T>(path: string | null, shape: Shape<T>, version = 0): Answer<T> {
  const [held, setHeld] = useState<Held<T>>(() => nothing(path));
  const [asked, setAsked] = useState(0);

  useEffect(() => {
    if (path === null) return;
    const left = new AbortController();
    let failures = 0;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const hold = (change: Partial<Held<T>>): void => {
      // What comes after the reader has gone on is of no more use.
      if (left.signal.aborted) return;
      setHeld((known) => ({ ...(known.path === path ? known : nothing<T>(path)), ...change }));
    };
    const get = async (): Promise<void> => {
      hold({ waiting: true, slow: false, retryAt: null });
      const slow = setTimeout(() => hold({ slow: true }), SLOW_MS);
      try {
        const value = await ask(path, shape, left.signal);
        failures = 0;
        hold({ value, at: Date.now(), waiting: false, failure: undefined });
      } catch (error) {
        if (left.signal.aborted) return;
        failures += 1;
        const failure = failureOf(error);
        const delay = backoffMs(failures);
        hold({ failure, waiting: false, retryAt: failure.passes ? Date.now() + delay : null });
        if (failure.passes) retry = setTimeout(() => void get(), delay);
      } finally {
        clearTimeout(slow);
      }
    };
    void get();
    return () => {
      left.abort();
      clearTimeout(retry);
    };
  }, [path, version, asked]);

  const again = (): void => setAsked((count) => count + 1);
  return { ...(held.path === path ? held : nothing<T>(path)), again };
}

function nothing<T>(path: string | null): Held<T> {
  return {
    path,
    value: undefined,
    at: undefined,
    waiting: path !== null,
    slow: false,
    failure: undefined,
    retryAt: null,
  };
}

function failureOf(error: unknown): ApiFailure {
  return error instanceof ApiFailure ? error : new ApiFailure('UNREACHABLE', String(error), true);
}
