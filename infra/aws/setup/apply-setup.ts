/** Brings the index to what a deployment's properties say, as the function's role. */
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import {
  applyIndexSetup,
  type ConnectOptions,
  connectOpenSearch,
  type SetupReport,
} from '@trailgate/collectors/setup';
import type { SetupConfig } from './setup-config.ts';
import { setupContent } from './setup-content.ts';
import type { SetupProperties } from './setup-properties.ts';

/** @throws as `connectOpenSearch` and `applyIndexSetup` */
export async function applySetup(
  { region, index, dashboardsUrl }: SetupConfig,
  properties: SetupProperties,
): Promise<SetupReport> {
  const signing = { region, service: index.service, credentials: defaultProvider() };
  return await applyTo({ url: index.url, signing }, properties, dashboardsUrl);
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
      ...given(indices),
      engine,
      missingPlugins,
      roleMappings: given(roleMappings),
      ...setupContent({ name, channel, dashboardsUrl, thresholds }),
    });
  } finally {
    await client.close();
  }
}

/** Without the members that are undefined. */
function given<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const there = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [K in keyof T]: Exclude<T[K], undefined> };
}
