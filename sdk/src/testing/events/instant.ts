/** When and where all events of the kit happen. */

/** Epoch milliseconds: 2026-01-05T12:00:00.000Z. */
export const INSTANT_MS = 1_767_614_400_000;
export const INSTANT = '2026-01-05T12:00:00.000Z';
export const REGION = 'eu-central-1';
export const ACCOUNT = '123456789012';

/** `text` with its last four digits counting from `position`, so that ids of one batch differ. */
export function numbered(text: string, position: number): string {
  return `${text.slice(0, -4)}${String(position).padStart(4, '0')}`;
}

export function jsonBase64(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64');
}
