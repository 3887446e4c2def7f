/**
 * Remembers in the engine which content was installed, by its hash: an engine gives back a monitor in words of its own
 * and Dashboards may bring a saved object up to date, so comparing them with what was sent would write them every time. It
 * stands in the `_meta` of a component template that no index template takes, which every engine and Serverless has.
 */
import { createHash } from 'node:crypto';
import type { Json } from '../schema/mapping.ts';
import { NAME_PREFIX, SCHEMA_META, SCHEMA_VERSION } from '../schema/schema-version.ts';
import { type Engine, objectOr } from './engine.ts';
import type { Installed } from './installed.ts';
import { putTemplate } from './put-template.ts';
import type { SetupStep } from './setup-report.ts';

export const CONTENT_TEMPLATE: string = `${NAME_PREFIX}-content`;

/** Hashes by kind and name; those of what this run does not speak of stay. */
export interface ContentMarker {
  readonly monitors: Readonly<Record<string, string>>;
  /** Of Security Analytics: log type, rules and detector. */
  readonly securityAnalytics: Readonly<Record<string, string>>;
  readonly savedObjects: string | undefined;
}

export function contentHash(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
}

export function readMarker(installed: Installed): ContentMarker {
  const meta = objectOr(objectOr(installed.components.get(CONTENT_TEMPLATE)?._meta)[NAME_PREFIX]);
  const { monitors, security_analytics, saved_objects } = meta;
  return {
    monitors: hashesOf(monitors),
    securityAnalytics: hashesOf(security_analytics),
    savedObjects: typeof saved_objects === 'string' ? saved_objects : undefined,
  };
}

function hashesOf(kept: unknown): Readonly<Record<string, string>> {
  const hashes = Object.entries(objectOr(kept)).filter(([, hash]) => typeof hash === 'string');
  return Object.fromEntries(hashes) as Record<string, string>;
}

/** Nothing where there is nothing to remember. */
export async function writeMarker(
  engine: Engine,
  installed: Installed,
  { monitors, securityAnalytics, savedObjects }: ContentMarker,
): Promise<readonly SetupStep[]> {
  const had = installed.components.get(CONTENT_TEMPLATE);
  const nothing =
    Object.keys({ ...monitors, ...securityAnalytics }).length === 0 && savedObjects === undefined;
  if (had === undefined && nothing) return [];
  const ours = {
    ...objectOr(SCHEMA_META[NAME_PREFIX]),
    monitors,
    ...(Object.keys(securityAnalytics).length === 0 ? {} : { security_analytics: securityAnalytics }),
    ...(savedObjects === undefined ? {} : { saved_objects: savedObjects }),
  };
  const wanted: Json = { version: SCHEMA_VERSION, _meta: { [NAME_PREFIX]: ours }, template: {} };
  const path = `/_component_template/${CONTENT_TEMPLATE}`;
  return [await putTemplate(engine, 'component template', CONTENT_TEMPLATE, path, had, wanted)];
}
