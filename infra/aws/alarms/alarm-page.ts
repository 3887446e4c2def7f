/** Writes docs/alarms.md from the catalogue, so that page and alarms are one. */
import type { AlarmKind, Threshold } from './alarm-kind.ts';
import { ALARMS, DATA_LOSS_ALARM } from './catalogue.ts';

const INTRO = `# Alarms

Every alarm that a deployment makes, by the part that it watches. Each goes to the alarm topic when it rings and when it is over, is named
\`trailgate-<name>-<alarm>\`, and says in its description what is below. An alarm is made where its part is: those of a domain not for a
collection, those of master nodes not without them, those of reserved concurrency not where none is reserved.

\`\`\`ts
new Trailgate(this, 'Trail', {
  alarms: { thresholds: { 'collector-late': 300_000 }, without: ['domain-yellow'], silentAfterMinutes: 30 },
});
\`\`\`

\`thresholds\` are in the unit of the metric. \`collector-silent\` is made only where \`silentAfterMinutes\` says how long an application may
be without a log line. An unknown id, or a number that cannot be, is an error at synth that names it. \`alarms: false\` makes none.

Alarms on subscriptions and on missing records add up all series of the account and region: they see functions that are watched later or
in another stack, and also subscriptions and deployments beside this one. Subscriptions of other accounts report their delivery errors
there: give those accounts the same two alarms.

## ${DATA_LOSS_ALARM}

One composite alarm above all those marked with **●**: a cause that can end in data that is nowhere. It tells whom to wake; which alarm below it
rings, and what that one says to do first, tells why.
`;

export function alarmsPage(): string {
  const parts = [...new Set(ALARMS.map(({ part }) => part))];
  return [INTRO, summary(), ...parts.flatMap((part) => [`## Of the ${part}\n`, ...sectionsOf(part)])].join(
    '\n',
  );
}

function summary(): string {
  const rows = ALARMS.map(
    (kind) =>
      `| [\`${kind.id}\`](#${kind.id}) | ${kind.losesData ? '●' : ''} | \`${kind.metric.name}\` | ${conditionOf(kind)} |`,
  );
  return ['| alarm | | metric | rings at |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

function sectionsOf(part: AlarmKind['part']): readonly string[] {
  return ALARMS.filter((kind) => kind.part === part).map((kind) =>
    [
      `### ${kind.id}`,
      '',
      kind.means,
      '',
      `- May be lost or late: ${kind.risk}`,
      `- First: ${kind.first}`,
      `- Rings at ${conditionOf(kind)}, of \`${kind.metric.namespace}\` \`${kind.metric.name}\` by ${dimensionsOf(kind)}`,
      `- No value counts as ${MISSING[kind.missing]}: ${kind.whyMissing}`,
      '',
    ].join('\n'),
  );
}

const MISSING: Readonly<Record<AlarmKind['missing'], string>> = {
  breaching: 'over the threshold',
  notBreaching: 'well',
  ignore: 'what was before',
};

function conditionOf({ metric, comparison, threshold, period, periods: [over, of], id }: AlarmKind): string {
  const span = id === 'collector-silent' ? 'for `silentAfterMinutes`' : spanOf(period, over, of);
  return `${metric.statistic} ${comparison} ${thresholdText(threshold)} ${span}`;
}

function thresholdText(threshold: Threshold): string {
  if ('value' in threshold) return threshold.value.toLocaleString('en-US');
  const { share, of, otherwise } = threshold;
  const own = share === 1 ? `the ${of}` : `${share * 100} % of the ${of}`;
  return otherwise === undefined ? own : `${own} (${otherwise.toLocaleString('en-US')} where not known)`;
}

const DAY_SECONDS = 86_400;

function spanOf(period: number, over: number, of: number): string {
  const each = period === DAY_SECONDS ? 'a day' : `${period / 60} min`;
  if (of === 1) return `in ${each}`;
  return over === of ? `${of} times ${each}` : `in ${over} of ${of} times ${each}`;
}

function dimensionsOf({ metric: { dimensions, anyValueOf = [] } }: AlarmKind): string {
  return dimensions.map((name) => `${name}${anyValueOf.includes(name) ? ' (any)' : ''}`).join(', ');
}
