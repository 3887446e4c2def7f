/** Amounts as people read them, on the page and in the terminal. */

export function count(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

/** Bytes a second. */
export function rate(bytes: number): string {
  if (bytes < 1_000) return `${count(bytes)} B/s`;
  if (bytes < 1e6) return `${count(bytes / 1e3)} kB/s`;
  return `${count(bytes / 1e6, bytes < 1e7 ? 1 : 0)} MB/s`;
}

export function gigabytes(gb: number): string {
  return gb < 1_000 ? `${count(gb)} GB` : `${count(gb / 1_000, gb < 10_000 ? 1 : 0)} TB`;
}

export function share(value: number): string {
  return `${count(value * 100, 3)} %`;
}

export function usd(value: number): string {
  return count(value, value < 100 ? 2 : 0);
}
