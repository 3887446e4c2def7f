/** Gives an order once and keeps what came of it: an order is never repeated by itself. */
import { useState } from 'preact/hooks';
import { order } from './api.ts';
import { ApiFailure } from './api-failure.ts';

export interface Order {
  readonly busy: boolean;
  /** What was done, as a sentence; empty while nothing was. */
  readonly done: string;
  /** The browser's clock, epoch ms, when it was done or refused. */
  readonly at: number;
  readonly failure: ApiFailure | undefined;
  /** Resolves with what was done, or undefined when it failed. */
  readonly give: (path: string, body: object) => Promise<string | undefined>;
}

const UNGIVEN = { busy: false, done: '', at: 0, failure: undefined };

export function useOrder(): Order {
  const [held, setHeld] = useState<Omit<Order, 'give'>>(UNGIVEN);
  const give = async (path: string, body: object): Promise<string | undefined> => {
    // Its button stays where the focus is, so that a second press has to be let pass here.
    if (held.busy) return undefined;
    setHeld({ ...UNGIVEN, busy: true });
    try {
      const done = await order(path, body);
      setHeld({ ...UNGIVEN, done, at: Date.now() });
      return done;
    } catch (error) {
      const failure =
        error instanceof ApiFailure ? error : new ApiFailure('UNREACHABLE', String(error), false);
      setHeld({ ...UNGIVEN, failure, at: Date.now() });
      return undefined;
    }
  };
  return { ...held, give };
}
