/** Decides where one line goes: an index, the platform count or quarantine; nothing it holds can make this throw. */

import { type ChannelDocument, indexDocument } from '../documents/index-document.ts';
import type { IndexCut } from '../documents/index-name.ts';
import type { KeyedSignal, Shaper } from '../kinds/kind.ts';
import type { LogLine } from '../log-line.ts';
import type { LineRedaction } from '../redaction/line-redaction.ts';
import { redactedSignals } from '../redaction/signal-redaction.ts';

export type Route =
  | { readonly to: 'index'; readonly document: ChannelDocument; readonly signals: readonly KeyedSignal[] }
  | { readonly to: 'platform'; readonly signals: readonly KeyedSignal[] }
  | { readonly to: 'quarantine'; readonly reason: string };

export function routeLine(
  line: LogLine,
  kinds: readonly Shaper[],
  cut: IndexCut,
  redaction: LineRedaction,
): Route {
  try {
    for (const shape of kinds) {
      const shaped = shape(line);
      if (shaped === undefined) continue;
      switch (shaped.is) {
        case 'unreadable':
          return { to: 'quarantine', reason: shaped.reason };
        case 'platform':
          return { to: 'platform', signals: redactedSignals(shaped.signals, redaction) };
        case 'document':
          return {
            to: 'index',
            document: indexDocument(shaped.document, line, cut, redaction),
            signals: redactedSignals(shaped.signals, redaction),
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
