/** Which port a server of the local stack listens on: the one that was asked for, or a preferred one that may be busy. */
import { PortError } from './listen.ts';

export type PortChoice =
  /** 0 takes any free one. */
  | { readonly exactly: number }
  /** Any free one when this is in use. */
  | { readonly preferred: number };

/** Starts a server on the chosen port. Throws what `start` throws. */
export async function withPort<T>(choice: PortChoice, start: (port: number) => Promise<T>): Promise<T> {
  if ('exactly' in choice) return await start(choice.exactly);
  try {
    return await start(choice.preferred);
  } catch (error) {
    if (!(error instanceof PortError && error.inUse)) throw error;
    return await start(0);
  }
}
