/** The CloudWatch dashboard of a deployment: which alarms ring, and behind them flow, lag, failures, index and cost. */
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ALARMS_PAGE } from '../alarms/alarm-description.ts';
import { partDimensions } from '../alarms/part-dimensions.ts';
import { partMetric } from '../alarms/part-metric.ts';
import type { PipelineAlarms } from '../alarms/pipeline-alarms.ts';
import type { PipelineParts } from '../alarms/pipeline-parts.ts';
import { TrailgatePropsError } from '../props-error.ts';
import type { Line, SearchLine } from './panel-lines.ts';
import { PANEL_ROWS, type Panel } from './panels.ts';

export interface PipelineDashboardProps {
  /** Of the deployment; the dashboard is named `trailgate-<name>`. */
  readonly name: string;
  readonly parts: PipelineParts;
  /** @default none are shown */
  readonly alarms?: PipelineAlarms;
}

/** CloudWatch: a dashboard is 24 units wide. */
const WIDTH = 24;
const PANEL_HEIGHT = 6;
const PERIOD_SECONDS = 60;
const DEFAULT_HOURS = 3;
/** Alarms beside each other in the status widget, and units that a line of them takes. */
const ALARMS_A_LINE = 6;
const STATUS_MARGIN = 2;

export class PipelineDashboard extends Construct {
  readonly dashboard: cloudwatch.Dashboard;

  constructor(scope: Construct, id: string, { name, parts, alarms }: PipelineDashboardProps) {
    super(scope, id);
    if (!/^[\w-]{1,200}$/.test(name)) {
      throw new TrailgatePropsError('name', '1 to 200 letters, digits, - or _ for a dashboard’s name', name);
    }
    this.dashboard = new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: `trailgate-${name}`,
      defaultInterval: Duration.hours(DEFAULT_HOURS),
    });
    this.dashboard.addWidgets(
      new cloudwatch.TextWidget({ markdown: intro(name, parts), width: WIDTH, height: 2 }),
    );
    if (alarms !== undefined) this.dashboard.addWidgets(...statusWidgets(this, alarms));
    for (const { title, panels } of PANEL_ROWS) {
      const shown = panels.flatMap((panel) => graphOf(panel, parts));
      if (shown.length === 0) continue;
      this.dashboard.addWidgets(heading(title));
      this.dashboard.addWidgets(...shown.map((graph) => graph(Math.floor(WIDTH / shown.length))));
    }
  }
}

function intro(name: string, { index }: PipelineParts): string {
  const documents =
    index.dashboardsUrl === undefined ? '' : ` · [documents and findings](${index.dashboardsUrl})`;
  return `## Trailgate: ${name}\nEach alarm has a section in ${ALARMS_PAGE}: what it means, what may be lost, what to do first${documents}`;
}

function heading(title: string): cloudwatch.TextWidget {
  return new cloudwatch.TextWidget({
    markdown: `### ${title}`,
    width: WIDTH,
    height: 1,
    background: cloudwatch.TextWidgetBackground.TRANSPARENT,
  });
}

/** By their names, which are known beforehand: the dashboard then needs nothing that CloudFormation has to make first. */
function statusWidgets(scope: Construct, { names }: PipelineAlarms): readonly cloudwatch.IWidget[] {
  if (names.length === 0) return [];
  return [
    new cloudwatch.AlarmStatusWidget({
      title: 'Alarms',
      alarms: names.map((name) => cloudwatch.Alarm.fromAlarmName(scope, name, name)),
      sortBy: cloudwatch.AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
      width: WIDTH,
      height: Math.ceil(names.length / ALARMS_A_LINE) + STATUS_MARGIN,
    }),
  ];
}

/** Lines of parts that are not there are left out, and a panel without any. */
function graphOf(panel: Panel, parts: PipelineParts): readonly ((width: number) => cloudwatch.GraphWidget)[] {
  const left = [
    ...panel.lines.flatMap((line) => lineOf(line, parts, panel.periodSeconds ?? PERIOD_SECONDS)),
    ...(panel.searches ?? []).map(searchOf),
  ];
  if (left.length === 0) return [];
  return [
    (width) =>
      new cloudwatch.GraphWidget({
        title: panel.title,
        left,
        leftYAxis: { label: panel.unit, min: 0, showUnits: false },
        width,
        height: PANEL_HEIGHT,
        liveData: true,
      }),
  ];
}

function lineOf(
  { label, part, metric }: Line,
  parts: PipelineParts,
  period: number,
): readonly cloudwatch.IMetric[] {
  const values = partDimensions(part, parts);
  const known = metric.dimensions.every((dimension) => values[dimension] !== undefined);
  return known ? [partMetric(metric, values, { period, label })] : [];
}

function searchOf({ namespace, name, dimensions }: SearchLine): cloudwatch.IMetric {
  const expression = `SEARCH('{${[namespace, ...dimensions].join(',')}} MetricName="${name}"', 'Sum', ${PERIOD_SECONDS})`;
  return new cloudwatch.MathExpression({
    expression,
    label: `\${PROP('Dim.${dimensions.at(-1) ?? ''}')} ${name}`,
    period: Duration.seconds(PERIOD_SECONDS),
  });
}
