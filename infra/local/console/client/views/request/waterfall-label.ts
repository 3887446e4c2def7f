/** Where the name of a bar or mark stands in the waterfall, so that it covers nothing else of its row. */
import type { PlacedEntry } from './waterfall-layout.ts';

export interface WaterfallLabel {
  readonly text: string;
  readonly is: 'inside' | 'after' | 'before';
}

/** Characters: at 12 px they fit into {@link WIDE} of a lane on a tablet. */
const MAX_TEXT = 26;
/** Share of the whole time that holds a label. */
const WIDE = 0.3;

/** Undefined where there is no room: what is not alone in its row has its name in the table only. */
export function labelOf({ entry, left, width }: PlacedEntry, isAlone: boolean): WaterfallLabel | undefined {
  const whole = entry.action || entry.message || entry.route || entry.kind;
  const characters = [...whole];
  const text =
    characters.length > MAX_TEXT
      ? `${characters
          .slice(0, MAX_TEXT - 1)
          .join('')
          .trimEnd()}…`
      : whole;
  if (width >= WIDE) return { text, is: 'inside' };
  if (!isAlone) return undefined;
  return { text, is: left + width <= 1 - WIDE ? 'after' : 'before' };
}
