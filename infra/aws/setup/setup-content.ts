/** What a release installs beside the schema: where alerts go, which there are, and what OpenSearch Dashboards shows. */
import type { AlertChannel, NamedMonitor, SecurityAnalyticsContent } from '@trailgate/collectors/setup';
import {
  alertMonitors,
  type MonitorThresholds,
  openSearchSavedObjects,
  securityAnalytics,
} from '@trailgate/dashboards';
import type { Rule } from '@trailgate/detectors/rules';
import type { ChannelOption } from './setup-properties.ts';

export interface ContentOptions {
  /** Of the deployment, whose channels are its own where a domain has several. */
  readonly name: string;
  /** Of the detectors: monitors are made from them. */
  readonly rules: readonly Rule[];
  /** None: alerts are shown in Dashboards only. */
  readonly channels: readonly ChannelOption[];
  readonly securityAnalytics: boolean;
  readonly dashboardsUrl?: string | undefined;
  readonly thresholds?: Readonly<Record<string, number>> | undefined;
}

export interface SetupContent {
  readonly channels: readonly AlertChannel[];
  readonly monitors: readonly NamedMonitor[];
  readonly securityAnalytics?: SecurityAnalyticsContent;
  readonly savedObjects: string;
}

/** @throws MonitorOptionsError naming the threshold. */
export function setupContent(options: ContentOptions): SetupContent {
  const { name, rules, dashboardsUrl, thresholds } = options;
  const channels = options.channels.map((channel) => alertChannel(name, channel));
  const monitorOptions = {
    channelIds: channels.map(({ id }) => id),
    ...(dashboardsUrl !== undefined && { dashboardsUrl }),
    // Checked by name and value where they are used.
    ...(thresholds !== undefined && { thresholds: thresholds as Partial<MonitorThresholds> }),
  };
  return {
    channels,
    monitors: alertMonitors(rules, monitorOptions),
    ...(options.securityAnalytics && {
      securityAnalytics: analyticsContent(securityAnalytics(rules, monitorOptions)),
    }),
    savedObjects: openSearchSavedObjects(),
  };
}

function alertChannel(name: string, channel: ChannelOption): AlertChannel {
  const id = `trailgate-${name}`;
  switch (channel.kind) {
    case 'sns':
      return {
        ...channel,
        id,
        name: `Trailgate ${name}`,
        description: 'Topic that the alerts of the trail go to',
      };
    case 'webhook': {
      const { kind, name: hook, url, headers } = channel;
      return {
        ...{ kind, url, id: `${id}-hook-${hook}`, name: `Trailgate ${name} ${hook}` },
        description: 'Webhook that the alerts of the trail go to',
        ...(headers !== undefined && { headers }),
      };
    }
    case 'email':
      return {
        ...channel,
        id: `${id}-mail`,
        name: `Trailgate ${name} mail`,
        description: 'People that the alerts of the trail go to',
      };
  }
}

/** The set-up only passes the detector on. */
function analyticsContent({
  detector,
  ...content
}: ReturnType<typeof securityAnalytics>): SecurityAnalyticsContent {
  const { inputs, ...rest } = detector;
  const [{ detector_input }] = inputs;
  return { ...content, detector: { ...rest, inputs: [{ detector_input: { ...detector_input } }] } };
}
