/** Times in input fields of the kind `datetime-local`, which this page means as UTC. */

/** `2026-11-22T12:04:31`, or empty. */
export function inputOf(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString().slice(0, 19);
}

/** Epoch ms; null for what is no time. */
export function timeOfInput(text: string): number | null {
  const at = text === '' ? Number.NaN : Date.parse(`${text}Z`);
  return Number.isNaN(at) ? null : at;
}
