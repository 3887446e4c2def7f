/** When caps held within the window of the charts: the table forgets a cap that is over, the charts must not. */
import { type CapRow, WINDOW_SECONDS } from '../../../view.ts';

export interface CapSpan {
  readonly key: string;
  /** Epoch ms. */
  readonly from: number;
  /** Epoch ms; of a cap that still holds, when it is over by itself. */
  readonly until: number;
}

/** The spans known before and the caps of now as spans; a cap that has gone before its end was over when it was missed. */
export function capSpans(
  known: readonly CapSpan[],
  caps: readonly CapRow[],
  now: number,
): readonly CapSpan[] {
  const holding = caps.flatMap(({ key, from, end, state }) =>
    from === null || state === 'overruled' || state === 'shadow' ? [] : [{ key, from, until: end }],
  );
  const isHolding = (span: CapSpan): boolean =>
    holding.some(({ key, from }) => key === span.key && from === span.from);
  const over = known
    .filter((span) => !isHolding(span))
    .map((span) => (span.until > now ? { ...span, until: now } : span));
  return [...over, ...holding].filter(({ until }) => until > now - WINDOW_SECONDS * 1_000);
}
