/** Finds the Step Functions execution that a task's input names: nothing is injected, so it is where its author put it. */
import type { HeaderDraft } from '../../correlation/correlation-headers.ts';
import { field } from '../field.ts';
import { hasIds, takePayload } from './payload.ts';

export interface Execution {
  /** `machine:execution`, the end of the ARN. */
  readonly id: string;
  /** Where ids of the caller may stand beside it. */
  readonly payloads: readonly unknown[];
}

/** Members that usually hold the context object `$$` (`$states.context`); it may also be the input itself. */
const HOLDERS = ['Payload', 'context', 'Context', '_datadog', 'payload'] as const;
/** Members that usually hold `$$.Execution.Id`. */
const ARN_MEMBERS = ['executionArn', 'ExecutionArn', 'executionId', 'ExecutionId', 'execution_arn'] as const;
/** `arn:aws:states:region:account:execution:machine:name`, `express` with a run behind the name. */
const EXECUTION_ARN = /^arn:[^:]{1,20}:states:[^:]{0,30}:\d{0,12}:(?:execution|express):(.+)$/;
const MAX_ARN_CHARS = 512;
const MAX_ID_CHARS = 128;

export function findExecution(event: unknown): Execution | undefined {
  let found = executionIn(event);
  for (const name of HOLDERS) found ??= executionIn(field(event, name));
  return found;
}

/** All tasks of one execution share its id. */
export function takeExecution(event: unknown, draft: HeaderDraft): void {
  const execution = findExecution(event);
  if (execution === undefined) return;
  for (const payload of execution.payloads) if (!hasIds(draft)) takePayload(payload, draft);
  draft['source-id'] = execution.id;
}

function executionIn(holder: unknown): Execution | undefined {
  if (typeof holder !== 'object' || holder === null) return undefined;
  const execution = field(holder, 'Execution');
  let id = executionId(field(execution, 'Id'));
  for (const name of ARN_MEMBERS) id ??= executionId(field(holder, name));
  return id === undefined ? undefined : { id, payloads: [holder, field(execution, 'Input')] };
}

function executionId(arn: unknown): string | undefined {
  if (typeof arn !== 'string' || arn.length > MAX_ARN_CHARS) return undefined;
  return EXECUTION_ARN.exec(arn)?.[1]?.slice(-MAX_ID_CHARS);
}
