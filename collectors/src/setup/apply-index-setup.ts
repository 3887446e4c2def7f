/** Applies all that an engine needs before the first document comes, as often as one likes: templates, indices, lifecycle, roles, alerts, dashboards. */
import type { Client } from '@opensearch-project/opensearch';
import type { Channel } from '@trailgate/sdk/wire';
import type { EngineKind } from '../schema/component-templates.ts';
import { type IndexOptions, indexSettings } from '../schema/index-options.ts';
import { channelAlias } from '../schema/index-template.ts';
import { lifecyclePolicyName } from '../schema/lifecycle-policy.ts';
import { SCHEMA_VERSION } from '../schema/schema-version.ts';
import { type AlertChannel, checkChannel } from './alert-channel.ts';
import { applyChannels } from './apply-channels.ts';
import { applyLifecycle } from './apply-lifecycle.ts';
import { applyMonitors, type NamedMonitor } from './apply-monitors.ts';
import { applyRoles, type RoleMappings } from './apply-roles.ts';
import { applySavedObjects } from './apply-saved-objects.ts';
import { applySecurityAnalytics } from './apply-security-analytics.ts';
import { applyTemplates } from './apply-templates.ts';
import { applyWriteIndex, newestIndex } from './apply-write-index.ts';
import { readMarker, writeMarker } from './content-marker.ts';
import { type Engine, engineOf } from './engine.ts';
import { type Installed, readInstalled } from './installed.ts';
import type { SecurityAnalyticsContent } from './security-analytics-content.ts';
import { AliasTakenError, NewerSchemaError, SetupContentError } from './setup-errors.ts';
import type { SetupReport, SetupStep } from './setup-report.ts';
import { upgradeIndices } from './upgrade-indices.ts';

export interface SetupOptions extends IndexOptions {
  /** `serverless`: OpenSearch Serverless, which has neither lifecycle policies nor roles of its own. @default 'cluster' */
  readonly engine?: 'cluster' | 'serverless';
  /** Says what would be done and writes nothing. @default false */
  readonly dryRun?: boolean;
  /** Goes over a newer version that is installed. @default false */
  readonly force?: boolean;
  /** Who is mapped to the roles, beside those who are. @default nobody */
  readonly roleMappings?: RoleMappings;
  /** Where alerts go. @default nowhere beside those that are there */
  readonly channels?: readonly AlertChannel[];
  /** @default those that are there */
  readonly monitors?: readonly NamedMonitor[];
  /** Needs `now`. @default what is there */
  readonly securityAnalytics?: SecurityAnalyticsContent;
  /**
   * Epoch milliseconds: makes the index of the day the one through which the trail's alias is written, as monitors of documents
   * need it; `watchNewestIndex` does it again each day. OpenSearch Serverless has no such monitors. @default left as it is
   */
  readonly now?: number;
  /** Import file of OpenSearch Dashboards, NDJSON. @default what is there */
  readonly savedObjects?: string;
  /** What it means that the engine has not all of its plugins; OpenSearch Serverless never has them. @default 'skip' */
  readonly missingPlugins?: 'skip' | 'fail';
}

const CHANNELS: readonly Channel[] = ['business', 'trail'];

/**
 * Writes only what differs; a second run writes nothing. What the engine refuses is a step that failed, and the others go on.
 *
 * @throws IndexOptionsError, SetupContentError, AlertChannelError, SetupConnectionError, SetupRefusedError, SetupAnswerError; and,
 * before anything is written, NewerSchemaError and AliasTakenError.
 */
export async function applyIndexSetup(client: Client, options: SetupOptions = {}): Promise<SetupReport> {
  const { engine: kind = 'cluster', dryRun = false, force = false, roleMappings = {} } = options;
  const {
    channels = [],
    missingPlugins = 'skip',
    monitors,
    savedObjects,
    securityAnalytics,
    now,
    ...indices
  } = options;
  if (securityAnalytics !== undefined && now === undefined) {
    throw new SetupContentError('now: expected a time where securityAnalytics is given, got none');
  }
  for (const channel of channels) checkChannel(channel);
  const settings = indexSettings(indices);
  const engine = engineOf(client, dryRun);
  const installed = await readInstalled(engine);
  if (!force && installed.version !== undefined && installed.version > SCHEMA_VERSION) {
    throw new NewerSchemaError(installed.version, SCHEMA_VERSION);
  }
  for (const channel of CHANNELS) await checkAliasIsFree(engine, channelAlias(channel));
  const steps: SetupStep[] = [...(await applyTemplates(engine, installed, settings, kind))];
  for (const channel of CHANNELS) steps.push(...(await upgradeIndices(engine, channel)));
  if (kind === 'serverless') steps.push(...LEFT_TO_SERVERLESS);
  else {
    for (const channel of CHANNELS) steps.push(...(await applyLifecycle(engine, channel, settings)));
    steps.push(...(await applyRoles(engine, settings, roleMappings)));
    steps.push(...(await applyChannels(engine, channels)));
    if (now !== undefined) steps.push(await applyWriteIndex(engine, 'trail', now));
  }
  const content = { kind, monitors: monitors ?? [], savedObjects, securityAnalytics, now };
  steps.push(...(await applyContent(engine, installed, content)));
  return {
    version: SCHEMA_VERSION,
    ...(installed.version === undefined ? {} : { installed: installed.version }),
    dryRun,
    steps: missingPlugins === 'fail' && kind === 'cluster' ? steps.map(refuseMissing) : steps,
  };
}

interface Content {
  readonly kind: EngineKind;
  readonly monitors: readonly NamedMonitor[];
  readonly savedObjects: string | undefined;
  readonly securityAnalytics: SecurityAnalyticsContent | undefined;
  readonly now: number | undefined;
}

/** What is written only when it has changed, and remembered with the hash of what it was made of. */
async function applyContent(
  engine: Engine,
  installed: Installed,
  { kind, monitors, savedObjects, securityAnalytics, now = 0 }: Content,
): Promise<readonly SetupStep[]> {
  const marker = readMarker(installed);
  const steps: SetupStep[] = [];
  let {
    monitors: monitorHashes,
    savedObjects: savedObjectsHash,
    securityAnalytics: analyticsHashes,
  } = marker;
  if (kind === 'serverless') {
    if (monitors.length > 0) steps.push(NO_MONITORS);
  } else {
    const applied = await applyMonitors(engine, monitors, marker.monitors);
    steps.push(...applied.steps);
    monitorHashes = applied.hashes;
    if (securityAnalytics !== undefined) {
      const index = newestIndex('trail', now);
      const analysed = await applySecurityAnalytics(engine, securityAnalytics, index, analyticsHashes);
      steps.push(...analysed.steps);
      analyticsHashes = analysed.hashes;
    }
  }
  if (savedObjects !== undefined) {
    const applied = await applySavedObjects(engine, savedObjects, marker.savedObjects, kind);
    steps.push(applied.step);
    savedObjectsHash = applied.hash;
  }
  const hashes = {
    monitors: monitorHashes,
    securityAnalytics: analyticsHashes,
    savedObjects: savedObjectsHash,
  };
  return [...steps, ...(await writeMarker(engine, installed, hashes))];
}

function refuseMissing(step: SetupStep): SetupStep {
  return step.missing === true ? { ...step, status: 'failed' } : step;
}

async function checkAliasIsFree(engine: Engine, name: string): Promise<void> {
  const { status, body } = await engine.get(`/${name}/_alias`);
  // Asked for an alias, the engine answers with the indices behind it.
  if (status === 200 && Object.hasOwn(body, name)) throw new AliasTakenError(name);
}

const NO_MONITORS: SetupStep = {
  subject: 'alert monitor',
  name: 'all',
  status: 'skipped',
  detail: 'OpenSearch Serverless has none: let CloudWatch or whoever gets the findings tell people',
};

const LEFT_TO_SERVERLESS: readonly SetupStep[] = [
  ...CHANNELS.map(
    (channel): SetupStep => ({
      subject: 'lifecycle policy',
      name: lifecyclePolicyName(channel),
      status: 'skipped',
      // Its own data lifecycle policies are for time series, whose documents have no ids of ours.
      detail:
        'OpenSearch Serverless has none for a search collection: something else has to delete old indices, as the retention function of the Trailgate construct does',
    }),
  ),
  {
    subject: 'role',
    name: 'all',
    status: 'skipped',
    detail: 'OpenSearch Serverless has none: give each audience a data access policy',
  },
];
