/** Turns an id that came from outside into a file name that stays inside its folder. */
import { createHash } from 'node:crypto';

const SAFE = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$/;

/** Different ids get different names; a readable id keeps its own. */
export function fileName(id: string): string {
  if (SAFE.test(id) && !id.startsWith('sha256-')) return id;
  return `sha256-${createHash('sha256').update(id).digest('hex')}`;
}
