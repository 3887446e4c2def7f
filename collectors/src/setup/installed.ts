/** Reads which templates of ours an engine has, and of what version. */
import type { Json } from '../schema/mapping.ts';
import { NAME_PREFIX } from '../schema/schema-version.ts';
import { type Engine, objection, objectOr } from './engine.ts';
import { SetupAnswerError, SetupRefusedError } from './setup-errors.ts';

export interface Installed {
  /** Component templates and index templates by name. */
  readonly components: ReadonlyMap<string, Json>;
  readonly templates: ReadonlyMap<string, Json>;
  /** The newest version among them; undefined where there is none. */
  readonly version: number | undefined;
}

/** @throws SetupRefusedError, SetupAnswerError, and what the engine throws. */
export async function readInstalled(engine: Engine): Promise<Installed> {
  const components = await read(engine, 'component_template');
  const templates = await read(engine, 'index_template');
  const versions = [...components.values(), ...templates.values()]
    .map(({ version }) => version)
    .filter((version) => typeof version === 'number');
  return { components, templates, version: versions.length === 0 ? undefined : Math.max(...versions) };
}

async function read(
  engine: Engine,
  what: 'component_template' | 'index_template',
): Promise<ReadonlyMap<string, Json>> {
  const answer = await engine.get(`/_${what}/${NAME_PREFIX}-*`);
  if (answer.status === 403) {
    throw new SetupRefusedError(`OpenSearch does not let the caller read templates: ${objection(answer)}`);
  }
  const list = answer.body[`${what}s`];
  if (!Array.isArray(list) || (answer.status !== 200 && answer.status !== 404)) {
    throw new SetupAnswerError(`templates: expected a list of them, got ${objection(answer)}`);
  }
  return new Map(list.map(objectOr).map((item) => [String(item.name), objectOr(item[what])]));
}
