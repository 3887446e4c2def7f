/** Decides where one line goes: an index, the platform count or quarantine; nothing it holds can make this throw. */

import type { ChannelDocument } from '../documents/index-document.ts';
import { indexDocument } from '../documents/index-document.ts';
import type { Lateness } from '../documents/index-name.ts';
import type { KeyedSignal, Shaper } from '../kinds/kind.ts';
import type { LogLine } from '../log-line.ts';

export type Route =
  | { readonly to: 'index'; readonly document: ChannelDocument; readonly signals: readonly KeyedSignal[] }
  | { readonly to: 'platform'; readonly signals: readonly KeyedSignal[] }
  | { readonly to: 'quarantine'; readonly reason: string };

export function routeLine(line: LogLine, kinds: readonly Shaper[], lateness: Lateness): Route {
  try {
    for (const shape of kinds) {
      const shaped = shape(line);
      if (shaped === undefined) continue;
      switch (shaped.is) {
        case 'unreadable':
          return { to: 'quarantine', reason: shaped.reason };
        case 'platform':
          return { to: 'platform', signals: shaped.signals };
        case 'document':
          return {
            to: 'index',
            document: indexDocument(shaped.document, line, lateness),
            signals: shaped.signals,
          };
      }
    }
    return { to: 'quarantine', reason: 'no kind knows this line' };
  } catch (error) {
    // For instance JSON that is nested deeper than the stack.
    return {
      to: 'quarantine',
      reason: `cannot be processed: ${error instanceof Error ? error.name : 'unknown'}`,
    };
  }
}
