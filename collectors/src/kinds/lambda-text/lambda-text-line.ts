/** Reads the prefix that Lambda's runtimes put before what a function logs in text format. */
import type { Level } from '@trailgate/sdk/wire';
import { timeOf } from '../edge/foreign-json.ts';
import { levelNamed } from '../text/level-name.ts';

export interface LambdaTextLine {
  readonly level: Level;
  /** Epoch milliseconds. */
  readonly time: number | undefined;
  /** Undefined outside an invocation. */
  readonly requestId: string | undefined;
  readonly message: string;
}

const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';
const REQUEST = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const LEVEL = 'TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL';

/** `time \t request \t LEVEL \t message`: Node.js. */
const NODE = new RegExp(`^(${TIME})\\t(${REQUEST}|undefined|)\\t(${LEVEL})\\t([\\s\\S]*)$`);
/** `[LEVEL] \t time \t request \t message`: Python, Ruby and others. */
const PYTHON = new RegExp(`^\\[(${LEVEL})\\]\\t(${TIME})\\t(${REQUEST}|)\\t([\\s\\S]*)$`);

export function readLambdaTextLine(text: string): LambdaTextLine | undefined {
  const node = NODE.exec(text);
  if (node !== null) {
    const [, time, request, level, message] = node;
    return lineOf(level, time, request, message);
  }
  const [, level, time, request, message] = PYTHON.exec(text) ?? [];
  return lineOf(level, time, request, message);
}

function lineOf(
  level: string | undefined,
  time: string | undefined,
  request: string | undefined,
  message: string | undefined,
): LambdaTextLine | undefined {
  const known = level === undefined ? undefined : levelNamed(level);
  if (known === undefined || message === undefined) return undefined;
  const requestId = request === '' || request === 'undefined' ? undefined : request;
  return { level: known, time: timeOf(time), requestId, message };
}
