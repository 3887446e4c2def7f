/** Writes epoch milliseconds as the records want them. */

/** RFC 3339, UTC, milliseconds. The last one is remembered: lines come in bursts and formatting costs over a microsecond. */
export function createTimestamp(): (epochMs: number) => string {
  let lastMs = Number.NaN;
  let lastText = '';
  return (epochMs) => {
    if (epochMs !== lastMs) {
      lastText = new Date(epochMs).toISOString();
      lastMs = epochMs;
    }
    return lastText;
  };
}
