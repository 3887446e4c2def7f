/** Reads the logger's settings from the environment: our variables, and those of the libraries that people come from. */
import { TrailgateConfigError } from '../errors.ts';
import { type Floor, floorOf } from './level.ts';

export interface LoggerEnvironment {
  /** Undefined where no variable says anything. */
  readonly level: Floor | undefined;
  /** The platform drops lines below; `TRACE` where it drops none. */
  readonly platformFloor: Floor;
  readonly service: string | undefined;
  /** 0 to 1; what `TRAILGATE_SAMPLE_RATE` and the option stand before. */
  readonly sampleRate: number | undefined;
}

const MAX_SERVICE_CHARS = 128;

/**
 * The first variable that is set to something valid wins:
 * level `TRAILGATE_LOG_LEVEL`, `POWERTOOLS_LOG_LEVEL`, `LOG_LEVEL`;
 * service `POWERTOOLS_SERVICE_NAME`, `OTEL_SERVICE_NAME`; sample rate `POWERTOOLS_LOGGER_SAMPLE_RATE`.
 * What is wrong in another library's variable is its own affair and passed over.
 * @throws TrailgateConfigError naming `TRAILGATE_LOG_LEVEL` where it is no level
 */
export function readLoggerEnvironment(env: Readonly<Record<string, string | undefined>>): LoggerEnvironment {
  const platformFloor = floorOf(env.AWS_LAMBDA_LOG_LEVEL) ?? 'TRACE';
  const own = env.TRAILGATE_LOG_LEVEL;
  const ownFloor = floorOf(own);
  if (own && ownFloor === undefined) {
    throw new TrailgateConfigError(
      'TRAILGATE_LOG_LEVEL',
      'trace, debug, info, warn, error, fatal or silent',
      own,
    );
  }
  const asked = ownFloor ?? floorOf(env.POWERTOOLS_LOG_LEVEL) ?? floorOf(env.LOG_LEVEL);
  const sampleRate = Number(env.POWERTOOLS_LOGGER_SAMPLE_RATE?.trim() || Number.NaN);
  return {
    level: asked,
    platformFloor,
    service: [env.POWERTOOLS_SERVICE_NAME, env.OTEL_SERVICE_NAME]
      .map((name) => name?.trim())
      .find((name) => name && name.length <= MAX_SERVICE_CHARS),
    sampleRate: sampleRate >= 0 && sampleRate <= 1 ? sampleRate : undefined,
  };
}
