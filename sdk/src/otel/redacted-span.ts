/** Takes the secrets out of a span before it leaves the process, whoever wrote its attributes. */
import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { redactedCopy, redactedText } from '../redaction/redacted-copy.ts';

const MAX_NAME_CHARS = 1024;
const MAX_MESSAGE_CHARS = 4096;
/** Of all attributes of a span, of an event or of a link. */
const MAX_ATTRIBUTE_CHARS = 32_768;

export function redactedSpan(span: ReadableSpan): ReadableSpan {
  const { status } = span;
  const { message } = status;
  return {
    name: redactedText(span.name, MAX_NAME_CHARS),
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext === undefined ? {} : { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    status: message === undefined ? status : { ...status, message: redactedText(message, MAX_MESSAGE_CHARS) },
    attributes: redactedAttributes(span.attributes),
    links: span.links.map(({ attributes, ...link }) => ({ ...link, ...redactedMember(attributes) })),
    events: span.events.map(({ attributes, ...event }) => ({
      ...event,
      name: redactedText(event.name, MAX_NAME_CHARS),
      ...redactedMember(attributes),
    })),
    duration: span.duration,
    ended: span.ended,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

function redactedMember(attributes: Attributes | undefined): { attributes?: Attributes } {
  return attributes === undefined ? {} : { attributes: redactedAttributes(attributes) };
}

/** The copy has the shape of what was copied, which are attributes. */
function redactedAttributes(attributes: Attributes): Attributes {
  return redactedCopy(attributes, MAX_ATTRIBUTE_CHARS) as Attributes;
}
