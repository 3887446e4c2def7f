/** Makes the alarms of a deployment: one on everything that can lose or delay data, and one above those that can lose it. */
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { TrailgatePropsError } from '../props-error.ts';
import { ALARMS_PAGE, alarmDescription } from './alarm-description.ts';
import type { AlarmKind } from './alarm-kind.ts';
import { type AlarmOptions, checkAlarmOptions } from './alarm-options.ts';
import { type PlannedAlarm, planAlarms } from './alarm-plan.ts';
import { DATA_LOSS_ALARM } from './catalogue.ts';
import { partCapacities } from './part-capacities.ts';
import { partDimensions } from './part-dimensions.ts';
import { partMetric } from './part-metric.ts';
import type { PipelineParts } from './pipeline-parts.ts';

export interface PipelineAlarmsProps {
  /** Of the deployment; alarms are named `trailgate-<name>-<id>`. */
  readonly name: string;
  readonly parts: PipelineParts;
  /** @default every alarm that fits the parts, with the thresholds of docs/alarms.md */
  readonly options?: AlarmOptions;
}

export class PipelineAlarms extends Construct {
  /** By their ids. */
  readonly alarms: ReadonlyMap<string, cloudwatch.Alarm>;
  /** In alarm while any alarm is whose cause can end in lost data; undefined where all of those are left out. */
  readonly dataLoss: cloudwatch.CompositeAlarm | undefined;
  /** Names of all of them, the composite one first. */
  readonly names: readonly string[];
  readonly #action: SnsAction;
  readonly #page: string | undefined;

  /** @throws TrailgatePropsError for options that cannot be used */
  constructor(scope: Construct, id: string, props: PipelineAlarmsProps) {
    super(scope, id);
    const { name, parts, options = {} } = props;
    checkAlarmOptions(options);
    this.#action = new SnsAction(parts.alarmTopic);
    this.#page = options.page;
    const planned = planAlarms(partCapacities(parts), options);
    this.alarms = new Map(planned.map((alarm) => [alarm.kind.id, this.#make(name, alarm, parts)]));
    this.dataLoss = this.#composite(name, planned);
    const ids = [...(this.dataLoss === undefined ? [] : [DATA_LOSS_ALARM]), ...this.alarms.keys()];
    this.names = ids.map((of) => alarmName(name, of));
  }

  #make(name: string, { kind, threshold, periods }: PlannedAlarm, parts: PipelineParts): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, kind.id, {
      alarmName: alarmName(name, kind.id),
      alarmDescription: alarmDescription(kind, this.#page),
      metric: partMetric(kind.metric, partDimensions(kind.part, parts), { period: kind.period }),
      comparisonOperator: COMPARISONS[kind.comparison],
      threshold,
      datapointsToAlarm: periods[0],
      evaluationPeriods: periods[1],
      treatMissingData: MISSING[kind.missing],
    });
    alarm.addAlarmAction(this.#action);
    alarm.addOkAction(this.#action);
    return alarm;
  }

  #composite(name: string, planned: readonly PlannedAlarm[]): cloudwatch.CompositeAlarm | undefined {
    const losing = planned.flatMap(({ kind }) => {
      const alarm = kind.losesData ? this.alarms.get(kind.id) : undefined;
      return alarm === undefined ? [] : [alarm];
    });
    if (losing.length === 0) return undefined;
    const composite = new cloudwatch.CompositeAlarm(this, DATA_LOSS_ALARM, {
      compositeAlarmName: alarmName(name, DATA_LOSS_ALARM),
      alarmDescription: `Log lines, signals or documents of ${name} may be lost, or have been. First: see which alarm below it rings, and do what that one says. See ${this.#page ?? ALARMS_PAGE}#${DATA_LOSS_ALARM}`,
      alarmRule: cloudwatch.AlarmRule.anyOf(
        ...losing.map((alarm) => cloudwatch.AlarmRule.fromAlarm(alarm, cloudwatch.AlarmState.ALARM)),
      ),
    });
    composite.addAlarmAction(this.#action);
    composite.addOkAction(this.#action);
    return composite;
  }
}

const COMPARISONS: Readonly<Record<AlarmKind['comparison'], cloudwatch.ComparisonOperator>> = {
  '>': cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  '>=': cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  '<': cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
  '<=': cloudwatch.ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
};

const MISSING: Readonly<Record<AlarmKind['missing'], cloudwatch.TreatMissingData>> = {
  breaching: cloudwatch.TreatMissingData.BREACHING,
  notBreaching: cloudwatch.TreatMissingData.NOT_BREACHING,
  ignore: cloudwatch.TreatMissingData.IGNORE,
};

/** CloudWatch: characters of an alarm's name. */
const MAX_NAME_CHARS = 255;

function alarmName(name: string, id: string): string {
  const whole = `trailgate-${name}-${id}`;
  if (whole.length <= MAX_NAME_CHARS) return whole;
  throw new TrailgatePropsError(
    'name',
    `at most ${MAX_NAME_CHARS - id.length - 'trailgate--'.length} characters, as alarms are named after it`,
    `${name.length}`,
  );
}
