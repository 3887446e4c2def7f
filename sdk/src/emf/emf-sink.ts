/** Writes what an instance has counted as CloudWatch metrics, for those who run no pipeline. */
import { TrailgateConfigError } from '../errors.ts';
import type { MetricMoment, MetricSink } from '../rollup/metric-sink.ts';
import { METRICS } from '../wire/metric-names.ts';
import type { Rollup } from '../wire/record.ts';
import { type EmfContext, type EmfMetric, emfLines } from './emf-lines.ts';
import { cleanName, cleanNamespace, MAX_DIMENSION_CHARS, MAX_VALUE_CHARS } from './emf-names.ts';
import { type RollupChange, type RouteChange, rollupChange } from './rollup-changes.ts';

export interface EmfSinkOptions {
  /** 1 to 255 characters: letters, digits and `.-_/#: `; not beginning with `AWS/`. */
  readonly namespace: string;
  /** Dimensions of every metric beside `Service`, 27 at most. Each combination of values is a metric that is paid for. */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** Requests, errors and latency by `Route` too. @default true */
  readonly routes?: boolean;
  /** Seconds; 1 costs more. @default 60 */
  readonly resolution?: 1 | 60;
  /** Told once of each thing that had to be changed to be valid. */
  readonly onProblem?: (problem: string) => void;
}

const SERVICE = 'Service';
const ROUTE = 'Route';
const STATUS = 'StatusClass';
const OWN: readonly string[] = [SERVICE, ROUTE, STATUS];
const MAX_DIMENSIONS = 27;
/** A property that is for reading; metrics by tenant are the pipeline's. */
const MAX_TENANTS = 20;
const NO_TENANT = '-';
/** Problems that were told are remembered up to here. */
const MAX_TOLD = 100;

/**
 * A sink for `createTrailgate({ metrics })`. Requests, errors, latency and cold starts have the names that the
 * pipeline gives them; counters and distributions their own.
 * @throws TrailgateConfigError naming the option that is wrong
 */
export function emfSink(options: EmfSinkOptions): MetricSink {
  const settings = readOptions(options);
  let last: { readonly rollup: Rollup; readonly coldStarts: number } | undefined;
  return {
    lines(rollup, at) {
      const change = rollupChange(last?.rollup, rollup);
      const coldStarts = Math.max(0, (at.coldStarts ?? 0) - (last?.coldStarts ?? 0));
      last = { rollup, coldStarts: at.coldStarts ?? 0 };
      return changeLines({ change, coldStarts }, at, settings);
    },
  };
}

interface Settings {
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly routes: boolean;
  readonly resolution: 1 | 60;
  readonly onProblem: (problem: string) => void;
}

function readOptions(options: EmfSinkOptions): Settings {
  const { namespace, dimensions = {}, routes = true, resolution = 60, onProblem } = options;
  if (cleanNamespace(namespace) !== namespace || namespace.startsWith('AWS/')) {
    throw new TrailgateConfigError(
      'namespace',
      '1 to 255 letters, digits or .-_/#: not after AWS/',
      namespace,
    );
  }
  const names = Object.keys(dimensions);
  if (names.length > MAX_DIMENSIONS) {
    throw new TrailgateConfigError('dimensions', `${MAX_DIMENSIONS} at most`, names.length);
  }
  for (const name of names) {
    if (cleanName(name, MAX_DIMENSION_CHARS) !== name || OWN.includes(name) || name === '_aws') {
      throw new TrailgateConfigError(
        'dimensions',
        'names of 1 to 250 ASCII characters that are not taken',
        name,
      );
    }
    if (cleanName(dimensions[name], MAX_VALUE_CHARS) !== dimensions[name]) {
      throw new TrailgateConfigError(`dimensions.${name}`, '1 to 1024 ASCII characters', dimensions[name]);
    }
  }
  if (typeof routes !== 'boolean') throw new TrailgateConfigError('routes', 'true or false', routes);
  if (resolution !== 1 && resolution !== 60)
    throw new TrailgateConfigError('resolution', '1 or 60', resolution);
  if (onProblem !== undefined && typeof onProblem !== 'function') {
    throw new TrailgateConfigError('onProblem', 'a function', onProblem);
  }
  return { namespace, dimensions: { ...dimensions }, routes, resolution, onProblem: once(onProblem) };
}

function once(tell: ((problem: string) => void) | undefined): (problem: string) => void {
  const told = new Set<string>();
  return (problem) => {
    if (told.has(problem) || told.size >= MAX_TOLD) return;
    told.add(problem);
    tell?.(problem);
  };
}

function changeLines(
  { change, coldStarts }: { readonly change: RollupChange; readonly coldStarts: number },
  at: MetricMoment,
  settings: Settings,
): string[] {
  const base: EmfContext = {
    namespace: settings.namespace,
    epochMs: at.epochMs,
    dimensions: { [SERVICE]: at.service, ...settings.dimensions },
    onProblem: settings.onProblem,
    ...(at.level === undefined ? {} : { level: at.level }),
  };
  const { resolution } = settings;
  const own: EmfMetric[] = [
    ...(coldStarts > 0 ? [{ ...metric('coldStarts', resolution), value: coldStarts }] : []),
    ...change.counters.map((counter) => ({ ...counter, resolution })),
    ...change.distributions.map(({ values, ...rest }) => ({ ...rest, value: values, resolution })),
  ];
  const lines = own.length === 0 ? [] : emfLines(own, base);
  for (const [route, changed] of change.routes) {
    lines.push(
      ...emfLines(routeMetrics(changed, resolution), routeContext(base, route, { changed, settings })),
    );
    lines.push(...classLines(base, route, { changed, settings }));
  }
  return lines;
}

function routeMetrics({ requests, errors, latency }: RouteChange, resolution: 1 | 60): EmfMetric[] {
  return [
    // Errors of 0 are said too, so that their average is the rate.
    ...(requests === 0
      ? []
      : [
          { ...metric('requests', resolution), value: requests },
          { ...metric('errors', resolution), value: errors },
        ]),
    ...(latency === undefined
      ? []
      : [{ ...metric('latency', resolution), value: latency.values, counts: latency.counts }]),
  ];
}

/** One document says a number for the service and for the route. */
function routeContext(
  base: EmfContext,
  route: string,
  { changed, settings }: { readonly changed: RouteChange; readonly settings: Settings },
): EmfContext {
  const tenants = busiest(changed.tenants);
  const named = Object.keys(base.dimensions ?? {});
  return {
    ...base,
    dimensions: { ...base.dimensions, ...(settings.routes ? { [ROUTE]: route } : {}) },
    ...(settings.routes ? { sets: [named, [...named, ROUTE]] } : {}),
    ...(tenants === undefined ? {} : { properties: { tenants } }),
  };
}

function classLines(
  base: EmfContext,
  route: string,
  { changed, settings }: { readonly changed: RouteChange; readonly settings: Settings },
): string[] {
  const at = settings.routes ? { [ROUTE]: route } : {};
  return Object.entries(changed.classes).flatMap(([status, value]) =>
    emfLines([{ ...metric('requests', settings.resolution), value }], {
      ...base,
      dimensions: { ...base.dimensions, ...at, [STATUS]: status },
    }),
  );
}

function metric(
  key: 'requests' | 'errors' | 'latency' | 'coldStarts',
  resolution: 1 | 60,
): Pick<EmfMetric, 'name' | 'unit'> & { readonly resolution: 1 | 60 } {
  const { name, unit } = METRICS[key];
  return { name, unit, resolution };
}

function busiest(tenants: Readonly<Record<string, number>>): Record<string, number> | undefined {
  const rows = Object.entries(tenants).filter(([tenant]) => tenant !== NO_TENANT);
  if (rows.length === 0) return undefined;
  return Object.fromEntries(rows.sort(([, a], [, b]) => b - a).slice(0, MAX_TENANTS));
}
