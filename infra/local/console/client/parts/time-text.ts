/** Writes times and quantities as the page shows them: UTC, short, the same in every locale. */

/** `12:04:31`, or a dash where the time is not known. */
export function clockText(at: number | null): string {
  return at === null || !isDate(at) ? '–' : new Date(at).toISOString().slice(11, 19);
}

/** `2026-11-22 12:04:31 UTC`, for a tooltip. */
export function dateText(at: number | null): string {
  return at === null || !isDate(at)
    ? 'time unknown'
    : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `4 min 05 s`; never below zero. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const [hours, minutes, rest] = [
    Math.floor(seconds / 3_600),
    Math.floor((seconds % 3_600) / 60),
    seconds % 60,
  ];
  const two = (value: number): string => String(value).padStart(2, '0');
  if (hours > 0) return `${hours} h ${two(minutes)} min`;
  return minutes > 0 ? `${minutes} min ${two(rest)} s` : `${rest} s`;
}

/** At most three significant digits, no exponent. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}

/** A count with its thousands apart: `12 345`. */
export function wholeText(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
}

function isDate(at: number): boolean {
  return Math.abs(at) <= 8.64e15;
}
