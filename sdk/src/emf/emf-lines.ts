/** Writes metrics as lines in CloudWatch's embedded metric format, as many lines as its limits ask for. */
import { MAX_LINE_BYTES } from '../wire/record.ts';
import { documentFrame, type EmfFrame } from './document-frame.ts';
import { cleanNamespace } from './emf-names.ts';
import { type EmfMetric, type MetricPiece, metricPieces } from './metric-pieces.ts';

export type { EmfMetric } from './metric-pieces.ts';

export interface EmfContext {
  /** 1 to 255 characters: letters, digits and `.-_/#: `. */
  readonly namespace: string;
  /** Time of the values, epoch milliseconds. */
  readonly epochMs: number;
  /** Time of the call: values older than 14 days or later than 2 hours from now are dated now. @default epochMs */
  readonly nowMs?: number;
  /** 30 at most: what is beyond becomes a property. */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** Names of dimensions that make a series together. @default one set of all dimensions */
  readonly sets?: readonly (readonly string[])[];
  /** Further members of each line, redacted; they make no series. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** Written first, with the time, for a platform that filters lines by level. */
  readonly level?: string;
  /** Told of each kind of change that had to be made, once a call. */
  readonly onProblem?: (problem: string) => void;
}

/** The format's limit on the metrics of a document. */
const MAX_METRICS = 100;
/** CloudWatch Logs. */
const OLDEST_MS = 14 * 86_400_000;
const LATEST_MS = 2 * 3_600_000;
/** Told in one call; the same ones mostly come again. */
const MAX_PROBLEMS = 100;
const NO_NAMESPACE = 'Trailgate';
/** Root members that say something already. */
const RESERVED: ReadonlySet<string> = new Set(['_aws']);
const RESERVED_WITH_LEVEL: ReadonlySet<string> = new Set(['_aws', 'level', 'timestamp']);

/**
 * Lines without line ends, each a valid document of at most 65,535 bytes (Lambda may split longer ones). What breaks
 * a limit is split, renamed or left out, and said; nothing is thrown, whatever came.
 * Limits: "Specification: Embedded metric format" and "PutMetricData" in the CloudWatch documentation.
 */
export function emfLines(metrics: readonly EmfMetric[], context: EmfContext): string[] {
  let said: Set<string> | undefined;
  const onProblem = (problem: string): void => {
    said ??= new Set();
    if (said.size < MAX_PROBLEMS) said.add(problem);
  };
  let lines: string[] = [];
  try {
    lines = linesOf(metrics, context, onProblem);
  } catch {
    onProblem('metrics were left out, because what was given cannot be read');
  }
  if (said !== undefined) tell(said, context);
  return lines;
}

function linesOf(
  metrics: readonly EmfMetric[],
  context: EmfContext,
  onProblem: (problem: string) => void,
): string[] {
  const timestamp = readTime(context, onProblem);
  if (timestamp === undefined) return [];
  const reserved = context.level === undefined ? RESERVED : RESERVED_WITH_LEVEL;
  const pieces = readPieces(metrics, reserved, onProblem);
  if (pieces.length === 0) return [];
  const dimensions = context.dimensions ?? {};
  // A name cannot be a dimension and a metric of one document, so those metrics get documents of their own.
  const clashing = pieces.filter(({ name }) => Object.hasOwn(dimensions, name));
  const others = clashing.length === 0 ? pieces : pieces.filter((piece) => !clashing.includes(piece));
  const lines: string[] = [];
  for (const group of [others, clashing]) {
    if (group.length === 0) continue;
    const parts = {
      namespace: readNamespace(context, onProblem),
      timestamp,
      level: context.level,
      dimensions,
      sets: context.sets,
      properties: context.properties,
      taken: new Set(group.map(({ name }) => name)),
      reserved,
    };
    writeDocuments(group, documentFrame(parts, onProblem), lines);
  }
  return lines;
}

function readPieces(
  metrics: readonly EmfMetric[],
  reserved: ReadonlySet<string>,
  onProblem: (problem: string) => void,
): MetricPiece[] {
  const pieces: MetricPiece[] = [];
  for (const metric of metrics) {
    try {
      pieces.push(...metricPieces(metric, reserved, onProblem));
    } catch {
      onProblem('a metric that cannot be read was left out');
    }
  }
  return pieces;
}

/** A document has a name once: the second piece of a metric goes with all second pieces, and so on. */
function writeDocuments(pieces: readonly MetricPiece[], frame: EmfFrame, lines: string[]): void {
  let left = pieces;
  while (left.length > 0) {
    const names = new Set<string>();
    const again: MetricPiece[] = [];
    let count = 0;
    let definitions = '';
    let values = '';
    for (const piece of left) {
      if (names.has(piece.name)) {
        again.push(piece);
        continue;
      }
      names.add(piece.name);
      const value = `,${piece.key}:${piece.value}`;
      const bytes =
        frame.bytes + definitions.length + values.length + piece.definition.length + value.length + 2;
      if (count === MAX_METRICS || (count > 0 && bytes > MAX_LINE_BYTES)) {
        lines.push(`${frame.open}${definitions}${frame.middle}${values}}`);
        count = 0;
        definitions = '';
        values = '';
      }
      definitions += count === 0 ? piece.definition : `,${piece.definition}`;
      values += value;
      count += 1;
    }
    lines.push(`${frame.open}${definitions}${frame.middle}${values}}`);
    left = again;
  }
}

function readTime({ epochMs, nowMs }: EmfContext, onProblem: (problem: string) => void): number | undefined {
  const now = Number.isFinite(nowMs) ? nowMs : undefined;
  const given = Number.isFinite(epochMs) && epochMs >= 0 ? epochMs : undefined;
  if (given === undefined || (now !== undefined && (given < now - OLDEST_MS || given > now + LATEST_MS))) {
    onProblem('metrics were dated now, because CloudWatch takes none from their time');
    return now === undefined || now < 0 ? undefined : Math.trunc(now);
  }
  return Math.trunc(given);
}

function readNamespace({ namespace }: EmfContext, onProblem: (problem: string) => void): string {
  const clean = cleanNamespace(namespace);
  if (clean !== namespace) onProblem(`namespace changed to ${clean ?? NO_NAMESPACE}`);
  return clean ?? NO_NAMESPACE;
}

function tell(said: ReadonlySet<string>, { onProblem }: EmfContext): void {
  try {
    for (const problem of said) onProblem?.(problem);
  } catch {
    // The lines are worth more than who listens to what was changed.
  }
}
