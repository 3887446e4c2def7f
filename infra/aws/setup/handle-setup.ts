/** Answers CloudFormation about the index: applies the set-up until it is done, refused for good, or out of time. */
import { NewerSchemaError, type SetupReport } from '@trailgate/collectors/setup';
import { described, fatalSteps, isNotReady, judgeReport } from './judge-report.ts';
import { answerText, type Outcome, type SetupEvent } from './setup-event.ts';
import { readProperties, type SetupProperties } from './setup-properties.ts';

export interface SetupPorts {
  /** Idempotent, and may throw what `applyIndexSetup` throws. */
  readonly apply: (properties: SetupProperties) => Promise<SetupReport>;
  /** Puts the answer; its own retries are its own matter. */
  readonly respond: (url: string, body: string) => Promise<void>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Resolves early when it is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds until the function is ended. */
  readonly remainingMs: () => number;
  /** A line of the function's log. */
  readonly log: (line: string) => void;
}

/** Kept back for the answer and its retries. */
const ANSWER_MS = 45_000;
/** How long an index that is not reachable or lets nobody in yet is waited for: a new domain's roles take some minutes. */
const PATIENCE_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 30_000;

/** Errors that may be gone a minute later. */
const NOT_READY: ReadonlySet<unknown> = new Set(['SETUP_CONNECTION', 'SETUP_REFUSED', 'SETUP_ANSWER']);

/** Returns what was answered. Rejects only when the answer could not be put, or there is nowhere to put it. */
export async function handleSetup(event: SetupEvent, ports: SetupPorts): Promise<Outcome> {
  const outcome = await inTime(event, ports);
  ports.log(
    JSON.stringify({ level: outcome.status === 'SUCCESS' ? 'INFO' : 'ERROR', message: outcome.reason }),
  );
  await ports.respond(event.ResponseURL, answerText(event, outcome));
  return outcome;
}

/** CloudFormation would wait an hour for a function that was ended before it answered. */
async function inTime(event: SetupEvent, ports: SetupPorts): Promise<Outcome> {
  const stop = new AbortController();
  const progress = { last: 'the index has not answered yet' };
  const late = async (): Promise<Outcome> => {
    await ports.sleep(Math.max(0, ports.remainingMs() - ANSWER_MS), stop.signal);
    return {
      status: 'FAILED',
      reason: `Index set-up: not finished in the function's time; ${progress.last}`,
    };
  };
  try {
    return await Promise.race([decide(event, ports, stop.signal, progress), late()]);
  } finally {
    stop.abort();
  }
}

interface Progress {
  /** What kept it from being finished, for a reason. */
  last: string;
}

async function decide(
  event: SetupEvent,
  ports: SetupPorts,
  signal: AbortSignal,
  progress: Progress,
): Promise<Outcome> {
  const { RequestType: requestType } = event;
  if (requestType === 'Delete') return { status: 'SUCCESS', reason: KEPT };
  if (requestType !== 'Create' && requestType !== 'Update') {
    return { status: 'FAILED', reason: `RequestType: expected Create, Update or Delete, got ${requestType}` };
  }
  try {
    return await applyUntilReady(
      readProperties(event.ResourceProperties),
      requestType,
      ports,
      signal,
      progress,
    );
  } catch (error) {
    if (error instanceof NewerSchemaError && requestType === 'Update') return leftAsItIs(error);
    return { status: 'FAILED', reason: `Index set-up: ${messageOf(error)}` };
  }
}

/** Also where there is no index any more, which is why it is not called. */
const KEPT =
  'Documents, templates, policies, roles, monitors and dashboards stay in the index; delete what you do not want';

/**
 * An update back to an older release is a rollback or meant, and the two cannot be told apart; a rollback that fails leaves the
 * stack stuck. Newer templates only have more fields than an older collector writes, so it works with them as they are.
 */
function leftAsItIs({ message }: NewerSchemaError): Outcome {
  return {
    status: 'SUCCESS',
    reason: `Nothing was written, and what is installed stays. ${message}`,
    data: { Version: 'newer', Created: '0', Changed: '0', Unchanged: '0', Skipped: '0' },
  };
}

async function applyUntilReady(
  properties: SetupProperties,
  requestType: 'Create' | 'Update',
  ports: SetupPorts,
  signal: AbortSignal,
  progress: Progress,
): Promise<Outcome> {
  const begun = ports.clock();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const patient = ports.clock() + pause < begun + PATIENCE_MS;
    try {
      const report = await ports.apply(properties);
      ports.log(JSON.stringify({ level: 'INFO', message: 'index set-up', ...report }));
      const fatal = fatalSteps(report, requestType);
      if (!patient || !isNotReady(fatal)) return judgeReport(report, requestType);
      progress.last = described(fatal);
    } catch (error) {
      if (!patient || !NOT_READY.has((error as { readonly code?: unknown }).code)) throw error;
      progress.last = messageOf(error);
    }
    ports.log(JSON.stringify({ level: 'INFO', message: `the index is not ready: ${progress.last}` }));
    await ports.sleep(pause, signal);
    // Nobody waits for the result any more.
    if (signal.aborted) throw new Error(progress.last);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
