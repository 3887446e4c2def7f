/** Reads what the environment says of tracing: OpenTelemetry's own variables, and those that Lambda sets. */
import type { Attributes } from '@opentelemetry/api';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface TracingEnvironment {
  readonly disabled: boolean;
  /** Of the resource; the least of them a caller's options may replace. */
  readonly attributes: Attributes;
  /** Someone asked for OpenTelemetry's own metrics. */
  readonly metrics: boolean;
  /** Someone asked for OpenTelemetry's own logs. */
  readonly logs: boolean;
  /** Share of the spans outside invocations that is exported, 0 to 1. */
  readonly rate: number;
}

const DEFAULT_RATE = 0.01;
const MEBIBYTE = 1_048_576;

export function readTracingEnvironment(env: Environment = process.env): TracingEnvironment {
  return {
    disabled:
      env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true' ||
      env.OTEL_TRACES_EXPORTER?.trim() === 'none' ||
      env.TRAILGATE_DISABLED === '1',
    attributes: { ...lambdaAttributes(env), ...givenAttributes(env) },
    metrics: isSet(env.OTEL_METRICS_EXPORTER),
    logs: isSet(env.OTEL_LOGS_EXPORTER),
    rate: readRate(env.TRAILGATE_SAMPLE_RATE),
  };
}

/** Resource attributes of the semantic conventions for FaaS and AWS Lambda. */
function lambdaAttributes(env: Environment): Attributes {
  const name = env.AWS_LAMBDA_FUNCTION_NAME;
  if (!isSet(name)) return {};
  const memory = Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) * MEBIBYTE;
  return {
    'service.name': name,
    'cloud.provider': 'aws',
    'cloud.platform': 'aws_lambda',
    'faas.name': name,
    ...member('cloud.region', env.AWS_REGION),
    ...member('faas.version', env.AWS_LAMBDA_FUNCTION_VERSION),
    ...member('faas.instance', env.AWS_LAMBDA_LOG_STREAM_NAME),
    ...(isSet(env.AWS_LAMBDA_LOG_GROUP_NAME)
      ? { 'aws.log.group.names': [env.AWS_LAMBDA_LOG_GROUP_NAME] }
      : {}),
    ...(memory > 0 ? { 'faas.max_memory': memory } : {}),
  };
}

/** `OTEL_SERVICE_NAME` wins over `OTEL_RESOURCE_ATTRIBUTES`, as the specification wants. */
function givenAttributes(env: Environment): Attributes {
  return { ...listed(env.OTEL_RESOURCE_ATTRIBUTES ?? ''), ...member('service.name', env.OTEL_SERVICE_NAME) };
}

/** `key=value,…`, percent-encoded; the specification lets go of all where one cannot be decoded. */
function listed(list: string): Attributes {
  const attributes: Attributes = {};
  for (const pair of list.split(',')) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    try {
      attributes[decodeURIComponent(pair.slice(0, at).trim())] = decodeURIComponent(
        pair.slice(at + 1).trim(),
      );
    } catch {
      return {};
    }
  }
  return attributes;
}

function readRate(text: string | undefined): number {
  const rate = isSet(text) ? Number(text) : DEFAULT_RATE;
  return rate >= 0 && rate <= 1 ? rate : DEFAULT_RATE;
}

function member(name: string, value: string | undefined): Attributes {
  return isSet(value) ? { [name]: value } : {};
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}
