/** Says what an invocation came to, as the Invoke API would: a result, an error of the handler, a time-out or a crash. */
import type { FromInstance, InvocationError } from './protocol.ts';

export type InvocationOutcome =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: InvocationError };

/** What came back from the process: its message, or none because it ended or took too long. */
export type Answer = FromInstance | 'exit' | 'timeout';

export function readAnswer(answer: Answer, timeoutMs: number): InvocationOutcome {
  if (answer === 'exit') return { ok: false, error: exitError('during an invocation') };
  if (answer === 'timeout') {
    const errorMessage = `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
    return { ok: false, error: { errorType: 'Sandbox.Timedout', errorMessage, trace: [] } };
  }
  if (answer.type === 'error') return { ok: false, error: answer.error };
  return { ok: true, result: answer.type === 'result' ? answer.result : null };
}

export function exitError(when: string): InvocationError {
  return { errorType: 'Runtime.ExitError', errorMessage: `the process ended ${when}`, trace: [] };
}
