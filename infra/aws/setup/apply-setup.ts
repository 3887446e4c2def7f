/** Brings the index to what a deployment's properties say, as the function's role. */
import {
  applyIndexSetup,
  type ConnectOptions,
  connectOpenSearch,
  type SetupReport,
} from '@trailgate/collectors/setup';
import { givenMembers } from '../given-members.ts';
import { signedIndex } from '../handlers/signed-index.ts';
import type { SetupConfig } from './setup-config.ts';
import { setupContent } from './setup-content.ts';
import type { SetupProperties } from './setup-properties.ts';

/** @throws as `connectOpenSearch` and `applyIndexSetup` */
export async function applySetup(
  { region, index, dashboardsUrl }: SetupConfig,
  properties: SetupProperties,
): Promise<SetupReport> {
  return await applyTo(signedIndex(index, { region }), properties, dashboardsUrl);
}

export async function applyTo(
  connect: ConnectOptions,
  { name, options }: SetupProperties,
  dashboardsUrl?: string,
): Promise<SetupReport> {
  const { engine, missingPlugins, indices, roleMappings, channel, thresholds } = options;
  const client = connectOpenSearch(connect);
  try {
    return await applyIndexSetup(client, {
      ...givenMembers(indices),
      engine,
      missingPlugins,
      roleMappings: givenMembers(roleMappings),
      ...setupContent({ name, channel, dashboardsUrl, thresholds }),
    });
  } finally {
    await client.close();
  }
}
