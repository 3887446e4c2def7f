export { type PinoOptions, pinoLogger } from './pino-logger.ts';
