import type { Trailgate } from '@trailgate/sdk';
import { pinoLogger } from '@trailgate/sdk/pino';
import type { Logger } from 'pino';

/** For a library that wants pino's own logger: Fastify's `loggerInstance`, the option `logger` of pino-http. */
export function libraryLogger(trailgate: Trailgate): Logger {
  return pinoLogger(trailgate.log, { name: 'http', redact: ['req.headers.cookie'] });
}
