/** Names and describes the span of an invocation after OpenTelemetry's conventions for FaaS, HTTP and messaging. */
import { type Attributes, SpanKind } from '@opentelemetry/api';
import { field, textField } from '../event/field.ts';
import type { InvocationFacts, SpanOutcome } from '../invocation/tracer.ts';
import { type EventTrigger, eventTrigger } from './event-trigger.ts';

export interface SpanStart {
  readonly name: string;
  readonly kind: SpanKind;
  readonly trigger: EventTrigger;
}

/** RFC 9110 and PATCH; the conventions want every other method as `_OTHER`. */
const METHODS = /^(?:CONNECT|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT|TRACE|QUERY)$/;
const MAX_CHARS = 1024;
const MAX_HEADERS = 200;

export function spanStart({ request, event, faas }: InvocationFacts): SpanStart {
  if (isHttp(request)) {
    const method = METHODS.test(request.method ?? '') ? request.method : 'HTTP';
    const template = routeTemplate(request.route);
    return {
      name: template === undefined ? `${method}` : `${method} ${template}`,
      kind: SpanKind.SERVER,
      trigger: { trigger: 'http' },
    };
  }
  const trigger = eventTrigger(event);
  if (trigger.messaging !== undefined) {
    const from = trigger.messaging.destination ?? 'multiple_sources';
    return { name: `process ${from}`, kind: SpanKind.CONSUMER, trigger };
  }
  return { name: faas?.name ?? request.route, kind: SpanKind.SERVER, trigger };
}

export function spanAttributes(
  facts: InvocationFacts,
  { trigger }: SpanStart,
  outcome: SpanOutcome,
): Attributes {
  const { faas, invokedArn } = facts;
  const account = invokedArn?.split(':')[4];
  return {
    'faas.trigger': trigger.trigger,
    ...(faas === undefined ? {} : { 'faas.invocation_id': faas.execution, 'faas.coldstart': faas.coldstart }),
    ...(invokedArn === undefined ? {} : { 'aws.lambda.invoked_arn': invokedArn }),
    ...(account === undefined ? {} : { 'cloud.account.id': account }),
    ...(trigger.trigger === 'http' ? httpAttributes(facts, outcome) : {}),
    ...messagingAttributes(trigger),
    ...documentAttributes(trigger),
  };
}

function isHttp({ kind, method }: InvocationFacts['request']): boolean {
  return method !== undefined && kind !== 'authorizer' && kind !== 'other';
}

/** `/orders/{id}` of `GET /orders/{id}`; undefined for `$default` and its like. */
function routeTemplate(route: string): string | undefined {
  const at = route.indexOf(' /');
  return at < 0 ? undefined : route.slice(at + 1);
}

function httpAttributes({ request, event }: InvocationFacts, { status }: SpanOutcome): Attributes {
  const { method = '', path, ip } = request;
  const known = METHODS.test(method);
  const template = routeTemplate(request.route);
  const userAgent = header(event, 'user-agent') ?? gatewayUserAgent(event);
  return {
    'http.request.method': known ? method : '_OTHER',
    ...(known ? {} : { 'http.request.method_original': method }),
    ...(template === undefined ? {} : { 'http.route': template }),
    'http.response.status_code': status,
    ...(path === undefined ? {} : { 'url.path': path }),
    // API Gateway and function URLs speak nothing but TLS.
    'url.scheme': header(event, 'x-forwarded-proto') === 'http' ? 'http' : 'https',
    ...(ip === undefined ? {} : { 'client.address': ip }),
    ...(userAgent === undefined ? {} : { 'user_agent.original': userAgent }),
  };
}

function messagingAttributes({ messaging }: EventTrigger): Attributes {
  if (messaging === undefined) return {};
  const { system, destination, messages } = messaging;
  return {
    'messaging.system': system,
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'process',
    'messaging.batch.message_count': messages,
    ...(destination === undefined ? {} : { 'messaging.destination.name': destination }),
  };
}

function documentAttributes({ document }: EventTrigger): Attributes {
  if (document === undefined) return {};
  return { 'faas.document.collection': document.collection, 'faas.document.operation': document.operation };
}

/** Names come as the client wrote them, in `headers` or, behind a load balancer, in `multiValueHeaders`. */
function header(event: unknown, wanted: string): string | undefined {
  try {
    for (const headers of [field(event, 'headers'), field(event, 'multiValueHeaders')]) {
      if (typeof headers !== 'object' || headers === null) continue;
      const name = Object.keys(headers)
        .slice(0, MAX_HEADERS)
        .find((given) => given.length === wanted.length && given.toLowerCase() === wanted);
      if (name === undefined) continue;
      const value = field(headers, name);
      const text = textField(Array.isArray(value) ? { value: value[0] } : { value }, 'value', MAX_CHARS);
      if (text !== undefined) return text;
    }
  } catch {
    // A getter or a proxy in the event threw: the span goes without the header.
  }
  return undefined;
}

/** What API Gateway says where it passes no headers on. */
function gatewayUserAgent(event: unknown): string | undefined {
  try {
    return textField(field(field(event, 'requestContext'), 'http'), 'userAgent', MAX_CHARS);
  } catch {
    // As for headers.
    return undefined;
  }
}
