/** Address of the run's one OpenSearch, for a test file that needs it; the first that asks waits until it is ready. */
import { inject } from 'vitest';
import { EngineMissingError } from './engine-missing-error.ts';

/** @throws EngineMissingError */
export async function openSearchUrl(): Promise<string> {
  const response = await fetch(inject('openSearchDesk'));
  const text = await response.text();
  if (!response.ok) throw new EngineMissingError(text);
  return text;
}
