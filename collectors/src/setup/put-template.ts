/** Writes a template where the engine has none of the name, or another one. */
import type { Json } from '../schema/mapping.ts';
import { type Engine, objection } from './engine.ts';
import { sameJson } from './same-json.ts';
import type { SetupStep, SetupSubject } from './setup-report.ts';

export async function putTemplate(
  engine: Engine,
  subject: SetupSubject,
  name: string,
  path: string,
  had: Json | undefined,
  wanted: object,
): Promise<SetupStep> {
  if (had !== undefined && sameJson(had, wanted)) return { subject, name, status: 'unchanged' };
  const answer = await engine.write('PUT', path, { ...wanted });
  if (answer.status >= 300) return { subject, name, status: 'failed', detail: objection(answer) };
  return { subject, name, status: had === undefined ? 'created' : 'changed' };
}
