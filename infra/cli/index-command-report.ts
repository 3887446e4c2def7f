/** The report of a set-up for a person: what was done, what was not and why, and how much is as it was. */
import type { SetupReport, SetupStatus } from '@trailgate/collectors/setup';

const STATUSES: readonly SetupStatus[] = ['created', 'changed', 'skipped', 'failed', 'unchanged'];

export function describeSetup({ version, installed, dryRun, steps }: SetupReport): string {
  const before = installed === undefined ? 'nothing was installed' : `version ${installed} was installed`;
  const rows = STATUSES.filter((status) => status !== 'unchanged').flatMap((status) =>
    steps
      .filter((step) => step.status === status)
      .map(({ subject, name, detail }) => {
        const more = detail === undefined ? '' : `: ${detail}`;
        return `  ${status.padEnd(8)} ${subject} ${name}${more}`;
      }),
  );
  const counts = STATUSES.map(
    (status) => [status, steps.filter((step) => step.status === status).length] as const,
  )
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`);
  return [
    `schema version ${version}; ${before}${dryRun ? '; dry run, nothing is written' : ''}`,
    ...rows,
    `${dryRun ? 'would be: ' : ''}${counts.join(', ')}`,
  ].join('\n');
}
