/** Decides what a set-up's report means for a deployment, and says it in one sentence. */
import { mayPass, type SetupReport, type SetupStep } from '@trailgate/collectors/setup';
import type { Outcome } from './setup-event.ts';

/** At an update one old index that cannot be brought up to date is a warning: it was there before, and would fail the rollback, too. */
const OF_ONE_INDEX: ReadonlySet<SetupStep['subject']> = new Set(['index', 'lifecycle of index']);

export function fatalSteps(report: SetupReport, requestType: 'Create' | 'Update'): readonly SetupStep[] {
  const failed = report.steps.filter(({ status }) => status === 'failed');
  return requestType === 'Create' ? failed : failed.filter(({ subject }) => !OF_ONE_INDEX.has(subject));
}

/** Whether trying again may help: every step that failed was refused by an engine that is not ready. */
export function isNotReady(fatal: readonly SetupStep[]): boolean {
  return fatal.length > 0 && fatal.every(({ detail = '' }) => mayPass(detail));
}

export function judgeReport(report: SetupReport, requestType: 'Create' | 'Update'): Outcome {
  const fatal = fatalSteps(report, requestType);
  if (fatal.length > 0) return { status: 'FAILED', reason: `Index set-up: ${described(fatal)}` };
  const counts = countsOf(report);
  const warned = report.steps.filter(({ status }) => status === 'failed');
  const warning = warned.length === 0 ? '' : `; left for you: ${described(warned)}`;
  return {
    status: 'SUCCESS',
    reason: `Index at schema version ${report.version}: ${counts.Created} created, ${counts.Changed} changed, ${counts.Unchanged} unchanged, ${counts.Skipped} skipped${warning}`,
    data: { Version: String(report.version), ...counts },
  };
}

/** The first of them in the engine's own words, and how many more there are. */
export function described([first, ...others]: readonly SetupStep[]): string {
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : `; ${others.length} more, see the log of the set-up's function`;
  return `${first.subject} ${first.name}: ${first.detail ?? 'failed'}${more}`;
}

function countsOf({
  steps,
}: SetupReport): Readonly<Record<'Created' | 'Changed' | 'Unchanged' | 'Skipped', string>> {
  const count = (is: SetupStep['status']): string =>
    String(steps.filter(({ status }) => status === is).length);
  return {
    Created: count('created'),
    Changed: count('changed'),
    Unchanged: count('unchanged'),
    Skipped: count('skipped'),
  };
}
