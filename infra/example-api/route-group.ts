/** What a group of routes is joined to when a function starts that serves it. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Trailgate } from '@trailgate/sdk';
import type { Environment } from './environment.ts';
import type { Routes } from './http/router.ts';

export interface Shell {
  readonly env: Environment;
  readonly trailgate: Trailgate;
  readonly dynamo: DynamoDBClient;
  /** Epoch ms. */
  readonly clock: () => number;
}

/** Reads the settings of its routes and makes their clients, and no others. Throws `ConfigError`. */
export type RouteGroup = (shell: Shell) => Routes | Promise<Routes>;
