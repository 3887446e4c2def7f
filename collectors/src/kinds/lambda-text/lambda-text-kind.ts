/** Lines that a function logged in Lambda's text format: level, time and invocation of the prefix, the rest as the message says it. */
import { type JsonObject, parseObject, textOf } from '../edge/foreign-json.ts';
import { freeData } from '../edge/free-data.ts';
import { jsonBody } from '../json/json-body.ts';
import type { Kind } from '../kind.ts';
import { type LambdaTextLine, readLambdaTextLine } from './lambda-text-line.ts';

const DATASET = 'lambda';

export const lambdaTextKind: Kind<LambdaTextLine> = {
  name: 'lambda-text',
  recognise(line) {
    const reading = readLambdaTextLine(line.text);
    return reading && { is: 'recognised', reading };
  },
  toDocument(reading, line) {
    const { level, time, requestId } = reading;
    const { event: _, ...body } = bodyOf(reading);
    return {
      channel: 'business',
      time: time ?? line.time,
      body: {
        level,
        ...body,
        event: { kind: 'event', dataset: DATASET },
        ...(requestId === undefined ? {} : { faas: { execution: requestId } }),
      },
    };
  },
  toSignals: () => [],
};

/**
 * An object that was logged is read like any other JSON, even where it looks like a record of the contract: the SDK never
 * writes behind a prefix, but a function that logs what a client sent does.
 */
function bodyOf({ message }: LambdaTextLine): JsonObject {
  const uncaught = UNCAUGHT.exec(message);
  if (uncaught !== null) {
    const [, title = '', json = ''] = uncaught;
    const error = parseObject(json);
    if (error !== undefined) return errorBody(title, error);
  }
  const object = message.startsWith('{') ? parseObject(message) : undefined;
  return object === undefined ? { message } : jsonBody(object, 'json');
}

/** What the Node.js runtime says of an error that nobody caught. */
const UNCAUGHT = /^(Invoke Error|Uncaught Exception|Unhandled Promise Rejection)\s*\t(\{[\s\S]*\})\s*$/;

function errorBody(title: string, error: JsonObject): JsonObject {
  const { errorType, errorMessage, stack, trace, ...others } = error;
  const type = textOf(errorType) ?? 'Error';
  const text = textOf(errorMessage) ?? '';
  const lines = Array.isArray(stack) ? stack : Array.isArray(trace) ? trace : [];
  return {
    message: `${title}: ${type}: ${text}`,
    error: {
      type,
      message: text,
      ...(lines.length === 0 ? {} : { stack_trace: lines.map(String).join('\n') }),
    },
    ...freeData(others),
  };
}
