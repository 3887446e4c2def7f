/** Puts into words what checking a trail found. */
import type { InstanceReport, TrailFinding, TrailReport } from '@trailgate/sdk/wire';
import { legibleText } from '../local/console/live/legible-text.ts';

export function describeTrail(report: TrailReport): string {
  const { instances, records, read, unreadable, unreadableMore } = report;
  const broken = instances.filter(({ ok }) => !ok).length;
  return [
    `${count(records, 'trail record')} of ${count(instances.length, 'instance')} in ${count(read, 'line')} or documents`,
    ...instances.flatMap(describeInstance),
    ...(unreadable.length === 0 ? [] : ['lines that open like records and cannot be read']),
    ...unreadable.map(describeFinding),
    ...more(unreadableMore),
    verdict(report, broken),
  ].join('\n');
}

function verdict({ ok, records, instances }: TrailReport, broken: number): string {
  if (records === 0 && ok) return 'NOT intact: there is no trail in it';
  if (ok) return 'intact';
  return broken === 0 ? 'NOT intact' : `NOT intact: ${broken} of ${count(instances.length, 'instance')}`;
}

function describeInstance(instance: InstanceReport): string[] {
  const { instance: id, service, ok, records, duplicates, first, last, key, findings } = instance;
  const facts = [
    `${id} ${legibleText(service)}`,
    count(records, 'record'),
    ...(records === 0 ? [] : [`${first} to ${last}`]),
    key === undefined ? 'no key' : `key ${legibleText(key)}`,
    ...(duplicates === 0 ? [] : [`${duplicates} delivered again`]),
  ];
  return [
    `  ${ok ? 'ok ' : 'NOT'} ${facts.join(', ')}`,
    ...findings.map(describeFinding),
    ...more(instance.more),
  ];
}

function describeFinding({ problem, from, to, at, detail }: TrailFinding): string {
  const place = from === undefined ? '' : from === to ? `position ${from}` : `positions ${from} to ${to}`;
  const where = [place, at === undefined ? '' : `input ${at}`].filter((part) => part !== '').join(', ');
  return `        ${problem}${where === '' ? '' : ` (${where})`}: ${detail}`;
}

function more(findings: number): string[] {
  return findings === 0 ? [] : [`        and ${findings} more`];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
