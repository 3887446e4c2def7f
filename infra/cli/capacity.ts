/** `trailgate capacity`: how many shards, functions and nodes a load takes, what they cost, and which limit bites first. */
import { parseArgs } from 'node:util';
import {
  type CapacityInput,
  CapacityInputError,
  measureRates,
  capacity as planCapacity,
  renderPlan,
} from '../capacity/index.ts';
import { UsageError } from './usage-error.ts';

/** The option of each figure. */
const OPTIONS = {
  requestsPerSecond: 'rps',
  sampleRate: 'sample-rate',
  errorsShare: 'errors-share',
  trailShare: 'trail-share',
  linesPerRequest: 'lines',
  bytesPerLine: 'bytes',
  durationMs: 'duration-ms',
  instances: 'instances',
  services: 'services',
  businessDays: 'business-days',
  trailDays: 'trail-days',
  memory: 'memory',
} as const satisfies Partial<Record<keyof CapacityInput, string>>;

/** Always 0: a plan that passes a quota is a plan too. */
export async function capacity(args: readonly string[]): Promise<number> {
  const texts = Object.fromEntries(Object.values(OPTIONS).map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...texts,
      region: { type: 'string' },
      'no-platform-lines': { type: 'boolean', default: false },
      measure: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const given = values as Readonly<Record<string, string | boolean | undefined>>;
  if (given.rps === undefined) throw new UsageError('--rps: expected requests a second, got none');
  const figures = Object.entries(OPTIONS).flatMap(([field, option]) => {
    const text = given[option];
    return typeof text === 'string' ? [[field, figure(option, text)] as const] : [];
  });
  const input = {
    ...Object.fromEntries(figures),
    platformLines: given['no-platform-lines'] !== true,
    ...(values.region === undefined ? {} : { region: regionName(values.region) }),
    ...(values.measure === true ? { rates: await measureRates(cpuMicroseconds) } : {}),
  } as CapacityInput;
  const plan = planned(input);
  console.log(values.json === true ? JSON.stringify(plan) : renderPlan(plan));
  return 0;
}

function planned(input: CapacityInput): ReturnType<typeof planCapacity> {
  try {
    return planCapacity(input);
  } catch (error) {
    if (!(error instanceof CapacityInputError)) throw error;
    const option = Object.entries(OPTIONS).find(([field]) => field === error.field)?.[1];
    // What the formulas find wrong with a figure was typed here.
    throw new UsageError(
      option === undefined ? error.message : error.message.replace(error.field, `--${option}`),
    );
  }
}

function figure(option: string, text: string): number {
  if (!/^\d+(\.\d+)?(e\d+)?$/i.test(text))
    throw new UsageError(`--${option}: expected a number, got "${text}"`);
  return Number(text);
}

function regionName(text: string): string {
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(text)) return text;
  throw new UsageError(`--region: expected a region such as eu-central-1, got "${text}"`);
}

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
