/** What the custom resource tells the set-up: made by the construct, read again by the function. */
import { AUDIENCES, INDEX_PRESETS, type IndexPreset, SCHEMA_VERSION } from '@trailgate/collectors/schema';
import * as v from 'valibot';

const days = v.optional(v.number());
const texts = v.array(v.string());

/** Their ids and names are made of the deployment's name. */
const ChannelSchema = v.variant('kind', [
  v.object({ kind: v.literal('sns'), topicArn: v.string(), roleArn: v.string() }),
  v.object({
    kind: v.literal('webhook'),
    name: v.string(),
    url: v.string(),
    headers: v.optional(v.record(v.string(), v.string())),
  }),
  v.object({
    kind: v.literal('email'),
    from: v.string(),
    to: v.array(v.string()),
    region: v.string(),
    roleArn: v.string(),
  }),
]);

/** A webhook's URL is the secret itself when the set-up runs, and the name of one in the template. */
export type ChannelOption = v.InferOutput<typeof ChannelSchema>;

const OptionsSchema = v.object({
  engine: v.picklist(['cluster', 'serverless']),
  missingPlugins: v.picklist(['skip', 'fail']),
  indices: v.object({
    preset: v.optional(v.picklist(Object.keys(INDEX_PRESETS) as [IndexPreset, ...IndexPreset[]])),
    shards: v.optional(v.number()),
    replicas: v.optional(v.number()),
    refreshSeconds: v.optional(v.number()),
    businessDays: days,
    trailDays: days,
    warmDays: days,
    tenants: v.optional(texts),
  }),
  roleMappings: v.partial(v.object(v.entriesFromList(AUDIENCES, texts))),
  channels: v.array(ChannelSchema),
  securityAnalytics: v.boolean(),
  thresholds: v.optional(v.record(v.string(), v.number())),
});

/** Their ranges are checked where they are used. */
export type SetupPropertyOptions = v.InferOutput<typeof OptionsSchema>;

export interface SetupProperties {
  /** Of the deployment. */
  readonly name: string;
  /** Schema version that the deployment brings. */
  readonly version: number;
  readonly options: SetupPropertyOptions;
}

/** As CloudFormation carries them: texts only, so the options are one, whose numbers come back as numbers. */
export interface SetupResourceProperties {
  readonly Name: string;
  readonly Version: string;
  /** Changes with what the release installs, and with `revision`; otherwise CloudFormation would not call the function. */
  readonly Content: string;
  readonly Options: string;
}

export function resourceProperties(name: string, content: string, options: string): SetupResourceProperties {
  return { Name: name, Version: String(SCHEMA_VERSION), Content: content, Options: options };
}

/** The custom resource was made by hand, or by another release than the function. */
export class SetupPropertiesError extends Error {
  readonly code = 'SETUP_PROPERTIES';
  override readonly name = 'SetupPropertiesError';
}

/** @throws SetupPropertiesError naming the property and what was expected. */
export function readProperties(given: unknown): SetupProperties {
  const { Name, Version, Options } = Object(given) as Readonly<Record<string, unknown>>;
  if (typeof Name !== 'string' || Name === '')
    throw new SetupPropertiesError('Name: expected a text, got none');
  const version = Number(Version);
  if (!Number.isInteger(version) || version < 1) {
    throw new SetupPropertiesError(`Version: expected a whole number, got ${JSON.stringify(Version)}`);
  }
  const read = v.safeParse(OptionsSchema, parsed(Options));
  if (read.success) return { name: Name, version, options: read.output };
  const [issue] = read.issues;
  throw new SetupPropertiesError(`Options.${v.getDotPath(issue) ?? ''}: ${issue.message}`);
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw new SetupPropertiesError('Options: expected JSON, got a text that is none');
  }
}
