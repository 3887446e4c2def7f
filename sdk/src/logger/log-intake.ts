/** Decides for each log call whether its line is written now, waits for a failure, or is let go. */
import { type Invocation, lineWeight } from '../invocation/invocation.ts';
import { contextText } from '../record/common-fields.ts';
import type { DetailCeiling } from '../sampling/detail-ceiling.ts';
import type { PendingRecord } from '../writer/record-writer.ts';
import { type Floor, raisedTo, reaches } from './level.ts';
import { HEAD_BYTES, type LogCall, type LogLine } from './log-line.ts';

export interface LogIntakeOptions {
  readonly service: string;
  readonly logLine: LogLine;
  readonly ceiling: DetailCeiling;
  /** The platform drops lines below: they wait like detail, and are raised where they are wanted. */
  readonly platformFloor: Floor;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly monotonic: () => number;
  readonly timestamp: (epochMs: number) => string;
  readonly put: (record: PendingRecord, invocation: Invocation | undefined) => void;
}

/** How a line is written. */
interface How {
  readonly weight: number;
  /** The ceiling may hold it back. */
  readonly held: boolean;
}

const ALWAYS: How = { weight: 1, held: false };
const DETAIL: How = { weight: 1, held: true };

export class LogIntake {
  readonly #options: LogIntakeOptions;

  constructor(options: LogIntakeOptions) {
    this.#options = options;
  }

  take(call: LogCall, invocation: Invocation | undefined): void {
    const at = this.#options.clock();
    const weight = reaches(call.level, this.#options.platformFloor) ? weightOfLine(call, invocation) : 0;
    if (weight > 0) this.#write(call, invocation, at, { weight, held: mayBeHeld(call, invocation) });
    else if (invocation !== undefined && !invocation.life.ended)
      invocation.detail.capture(call, at, invocation);
  }

  /** Writes a line whatever its level would make of it. */
  write(call: LogCall, invocation: Invocation): void {
    this.#write(call, invocation, this.#options.clock(), ALWAYS);
  }

  /** Writes what waits: of the whole invocation, or of one record of its batch. */
  release(invocation: Invocation, scope?: Invocation): void {
    const { lines, dropped } = invocation.detail.take(scope);
    if (dropped > 0) {
      const message = `${dropped} earlier lines of detail were let go`;
      const at = lines[0]?.at ?? this.#options.clock();
      const call: LogCall = { level: 'WARN', message, fields: undefined, error: undefined };
      this.#write(call, scope ?? invocation, at, DETAIL);
    }
    for (const line of lines) {
      this.#write(line, (line.scope as Invocation | undefined) ?? invocation, line.at, DETAIL);
    }
  }

  #write(call: LogCall, invocation: Invocation | undefined, at: number, { weight, held }: How): void {
    const { service, logLine, ceiling, platformFloor, monotonic, timestamp, put } = this.#options;
    const level = raisedTo(call.level, platformFloor);
    const raised = level === call.level ? '' : `,"raised_from":"${call.level}"`;
    const tail = logLine(call, contextText(service, invocation) + raised);
    // Counted in characters: to measure its bytes would cost as much as to make it.
    const size = tail.length + HEAD_BYTES;
    // Errors are whole whatever it costs, and what they cost is taken from the detail that comes after them.
    if (held && !ceiling.take(size, monotonic(), reaches(call.level, 'ERROR'))) return;
    put({ level, timestamp: timestamp(at), channel: 'business', kind: 'log', weight, tail }, invocation);
  }
}

/** What sampling lets pass is bounded by its rate; what failures, warnings and callers bring about is not. */
function mayBeHeld({ level }: LogCall, invocation: Invocation | undefined): boolean {
  return reaches(level, 'WARN') || (invocation !== undefined && invocation.decision.weightAt(level) === 0);
}

function weightOfLine({ level }: LogCall, invocation: Invocation | undefined): number {
  if (reaches(level, 'ERROR')) return 1;
  if (invocation !== undefined) return lineWeight(invocation, level);
  return reaches(level, 'INFO') ? 1 : 0;
}
