/** Starts the console page for a running local stack. */
import { activeCaps } from '@trailgate/sdk/limits/table';
import { type Console, startConsole } from '../console/server.ts';
import { type PortChoice, withPort } from '../loopback/port-choice.ts';
import type { LocalStack } from './local-stack.ts';
import { FUNCTIONS } from './names.ts';

export function startConsoleFor(stack: LocalStack, port: PortChoice): Promise<Console> {
  return withPort(port, (exactly) =>
    startConsole({
      port: exactly,
      clock: Date.now,
      sources: {
        documentsAfter: (cursor, limit) => stack.index.after(cursor, limit),
        activeCaps: (now) => activeCaps(stack.dynamo, stack.tables.limits, now),
        base: stack.base,
        authorizers: new Set([FUNCTIONS.authorizer]),
        facts: () => ({
          apiUrl: stack.apiUrl,
          instances: stack.instances(),
          pipeline: { lag: stack.lag(), quarantined: stack.quarantined() },
        }),
      },
    }),
  );
}
