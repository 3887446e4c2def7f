/** The tables of the page of alerts, made from what is installed, so that the page cannot say otherwise. */
import type { Rule } from '@trailgate/detectors/rules';
import { LOG_TYPE } from '../security-analytics/security-analytics.ts';
import { sigmaRule } from '../security-analytics/sigma-rule.ts';
import { describedMonitors } from './alert-monitors.ts';
import { ruleMonitors, ruleMonitorTitle } from './rules/rule-monitors.ts';

/** The page with its tables as they are now: each stands between two marks with its name. */
export function withAlertTables(page: string, rules: readonly Rule[]): string {
  const tables = { monitors: monitorTable(rules), rules: ruleTable(rules), sigma: sigmaTable(rules) };
  return Object.entries(tables).reduce((text, [name, rows]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    const [before, after] = [text.split(begin)[0], text.split(end)[1]];
    if (before === undefined || after === undefined) throw new TypeError(`page: expected the mark ${begin}`);
    return `${before}${begin}\n\n${rows.join('\n')}\n\n${end}${after}`;
  }, page);
}

const LEVELS = { query_level_monitor: 'query', bucket_level_monitor: 'group', doc_level_monitor: 'document' };

function monitorTable(rules: readonly Rule[]): readonly string[] {
  const rows = describedMonitors(rules, { channelIds: [] }).flatMap(({ definition, alerts }) =>
    alerts.map(({ title, fires, severity, throttleMinutes, todo }) => {
      const level = LEVELS[definition.monitor_type];
      const { interval } = definition.schedule.period;
      return [title, level, `${interval} min`, fires, severity, `${throttleMinutes} min`, todo];
    }),
  );
  return table(['alert', 'of', 'looks every', 'fires when', 'severity', 'throttle', 'what to do'], rows);
}

function ruleTable(rules: readonly Rule[]): readonly string[] {
  const rows = ruleMonitors(rules, { channelIds: [] }).map(({ rule, monitor, losses }) => [
    rule.name,
    monitor === undefined ? 'none' : `Trailgate: ${ruleMonitorTitle(rule)}`,
    losses.map(({ says }) => says).join('; '),
  ]);
  return table(['rule', 'monitor', 'what the monitor does not say'], rows);
}

function sigmaTable(rules: readonly Rule[]): readonly string[] {
  const rows = rules.map((rule) => {
    const { sigma, losses } = sigmaRule(rule, LOG_TYPE);
    const counted = sigma?.detection.condition.split(' | ')[1] ?? 'none';
    const within = sigma === undefined ? '' : ` within ${sigma.detection.timeframe}`;
    return [rule.name, `${counted}${within}`, sigma?.level ?? '', losses.join('; ')];
  });
  return table(['rule', 'Sigma', 'level', 'what it does not say'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
