/** Cuts caps in the limits table, by the table's own write protocol. */
import type { DynamoPort } from '@trailgate/sdk/limits';
import { type LimitsTables, writeCap } from '@trailgate/sdk/limits/table';
import type { CapPort } from './ports.ts';

export function createCapPort(dynamo: DynamoPort, tables: LimitsTables): CapPort {
  return { cut: (cut) => writeCap(dynamo, tables, cut) };
}
