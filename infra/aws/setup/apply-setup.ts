/** Brings the index to what a deployment's properties say, as the function's role. */
import {
  applyIndexSetup,
  type ConnectOptions,
  connectOpenSearch,
  type SetupReport,
  type SetupStep,
  watchNewestIndex,
} from '@trailgate/collectors/setup';
import type { Rule } from '@trailgate/detectors/rules';
import { givenMembers } from '../given-members.ts';
import { signedIndex } from '../handlers/signed-index.ts';
import type { SetupConfig } from './setup-config.ts';
import { setupContent } from './setup-content.ts';
import type { SetupProperties } from './setup-properties.ts';

/** What the set-up is given beside the deployment's properties. */
export interface SetupGivens {
  /** Of the detectors: monitors are made from them. */
  readonly rules: readonly Rule[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** For links in alerts. */
  readonly dashboardsUrl?: string | undefined;
}

/** @throws as `connectOpenSearch` and `applyIndexSetup` */
export async function applySetup(
  { region, index, dashboardsUrl }: SetupConfig,
  properties: SetupProperties,
  givens: Omit<SetupGivens, 'dashboardsUrl'>,
): Promise<SetupReport> {
  return await applyTo(signedIndex(index, { region }), properties, { ...givens, dashboardsUrl });
}

export async function applyTo(
  connect: ConnectOptions,
  { name, options }: SetupProperties,
  { rules, now, dashboardsUrl }: SetupGivens,
): Promise<SetupReport> {
  const { engine, missingPlugins, indices, roleMappings, channels, securityAnalytics, thresholds } = options;
  const client = connectOpenSearch(connect);
  try {
    return await applyIndexSetup(client, {
      ...givenMembers(indices),
      engine,
      missingPlugins,
      now,
      roleMappings: givenMembers(roleMappings),
      ...setupContent({ name, rules, channels, securityAnalytics, dashboardsUrl, thresholds }),
    });
  } finally {
    await client.close();
  }
}

/** Between two deployments. @throws as `connectOpenSearch` and `watchNewestIndex` */
export async function watchIndex({ region, index }: SetupConfig, now: number): Promise<SetupStep> {
  const client = connectOpenSearch(signedIndex(index, { region }));
  try {
    return await watchNewestIndex(client, now);
  } finally {
    await client.close();
  }
}
