/** Copies what the stack says of itself for the pages, with every text in it bounded and legible. */
import { legibleText } from './legible-text.ts';

/** `value` is plain data as JSON has it; keys stay as they are. */
export function legibleCopy<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === 'string' ? legibleText(inner) : inner,
  ) as T;
}
