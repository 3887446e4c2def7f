/** Says what goes and what stays when the stacks of a deployment are removed, before a person says yes. */
import type { KeptResource, StackPlan } from './stack-plan.ts';

export const REMOVAL_FAILED =
  'The CDK did not remove everything; its message is above. Buckets have to be empty before CloudFormation deletes them: empty those it names, and run this again.';

/** A line each, the stacks in the order of their deployment. */
export function renderRemoval(
  plans: readonly StackPlan[],
  { keepData }: { readonly keepData: boolean },
): string {
  const counts = plans.map(({ name, region, resources, kept }) => {
    const total = resources.reduce((sum, [, count]) => sum + count, 0);
    return `${name} in ${region}: ${total - kept.length} resources go, ${kept.length} stay`;
  });
  const kept = plans.flatMap((plan) => plan.kept);
  const buckets = plans.flatMap(({ resources }) => resources).some(([type]) => type === 'AWS::S3::Bucket');
  return [
    ...counts,
    ...(kept.length > 0 ? [`What stays: ${types(kept)}.`] : []),
    ...(keepData ? ['Data is kept (keepData) and goes on being paid for.', ...takenNames(kept)] : []),
    ...(!keepData && buckets ? [EMPTY_BUCKETS] : []),
  ].join('\n');
}

const EMPTY_BUCKETS =
  'CloudFormation deletes no bucket that holds objects or versions of them: empty them before (S3 console, "Empty"), or run this again after it has named them.';

function types(kept: readonly KeptResource[]): string {
  const byType = Map.groupBy(kept, ({ type }) => type);
  return [...byType]
    .map(([type, { length }]) => (length === 1 ? type : `${length} ${type}`))
    .sort()
    .join(', ');
}

/** CloudFormation makes nothing under a name that is taken. */
function takenNames(kept: readonly KeptResource[]): readonly string[] {
  const names = kept.flatMap(({ name }) => name ?? []);
  if (names.length === 0) return [];
  return [
    `These keep their names, so that a next deployment of the same name fails until they are deleted: ${names.join(', ')}.`,
  ];
}
