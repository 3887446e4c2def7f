/** What a release installs beside the schema: where alerts go, which there are, and what OpenSearch Dashboards shows. */
import { createHash } from 'node:crypto';
import {
  audienceRoles,
  indexMapping,
  indexSettings,
  lifecyclePolicy,
  SCHEMA_VERSION,
} from '@trailgate/collectors/schema';
import type { AlertChannel, NamedMonitor } from '@trailgate/collectors/setup';
import { alertMonitors, type MonitorThresholds, openSearchSavedObjects } from '@trailgate/dashboards';

export interface ContentOptions {
  /** Of the deployment, whose channels are its own where a domain has several. */
  readonly name: string;
  /** @default alerts are shown in Dashboards only */
  readonly channel?: { readonly topicArn: string; readonly roleArn: string } | undefined;
  readonly dashboardsUrl?: string | undefined;
  readonly thresholds?: Readonly<Record<string, number>> | undefined;
}

export interface SetupContent {
  readonly channels: readonly AlertChannel[];
  readonly monitors: readonly NamedMonitor[];
  readonly savedObjects: string;
}

/** @throws MonitorOptionsError naming the threshold. */
export function setupContent({ name, channel, dashboardsUrl, thresholds }: ContentOptions): SetupContent {
  const id = `trailgate-${name}`;
  return {
    channels:
      channel === undefined
        ? []
        : [
            {
              id,
              name: `Trailgate ${name}`,
              description: 'Topic that the alerts of the trail go to',
              ...channel,
            },
          ],
    monitors: alertMonitors({
      channelIds: channel === undefined ? [] : [id],
      ...(dashboardsUrl !== undefined && { dashboardsUrl }),
      // Checked by name and value where they are used.
      ...(thresholds !== undefined && { thresholds: thresholds as Partial<MonitorThresholds> }),
    }),
    savedObjects: openSearchSavedObjects(),
  };
}

/** Changes with anything that this release would install with the same options, so that it is installed. */
export function releaseHash(): string {
  const settings = indexSettings();
  const schema = (['business', 'trail'] as const).map((channel) => [
    indexMapping(channel),
    lifecyclePolicy(channel, settings),
  ]);
  const roles = [...audienceRoles(settings)];
  const content = setupContent({ name: 'any', channel: { topicArn: 't', roleArn: 'r' }, dashboardsUrl: 'd' });
  const release = JSON.stringify([SCHEMA_VERSION, schema, roles, content]);
  return createHash('sha256').update(release).digest('base64url').slice(0, 22);
}
