/** Reads the options of `trailgate index`. */
import { parseArgs } from 'node:util';
import { AUDIENCES, INDEX_PRESETS, type IndexPreset } from '@trailgate/collectors/schema';
import type { ConnectOptions, RoleMappings, SetupOptions } from '@trailgate/collectors/setup';
import { environmentText } from './config.ts';
import { oneOf, UsageError, wholeNumber } from './usage-error.ts';

export interface IndexCall {
  readonly verb: 'apply' | 'diff';
  readonly json: boolean;
  readonly connect: ConnectOptions;
  readonly setup: SetupOptions;
}

type Values = ReturnType<typeof parse>['values'];

/** @throws UsageError, and what `parseArgs` throws. */
export function readIndexCall(args: readonly string[]): IndexCall {
  const { values, positionals } = parse(args);
  const verb = oneOf('index', positionals[0] ?? '', ['apply', 'diff']);
  if (positionals.length > 1)
    throw new UsageError(`index ${verb}: expected options, got "${positionals[1]}"`);
  return {
    verb,
    json: values.json,
    connect: connectOptions(values),
    setup: setupOptions(values, verb === 'diff' || values['dry-run']),
  };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      region: { type: 'string' },
      service: { type: 'string' },
      user: { type: 'string' },
      'password-env': { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      preset: { type: 'string', default: 'standard' },
      shards: { type: 'string' },
      replicas: { type: 'string' },
      'refresh-seconds': { type: 'string' },
      'business-days': { type: 'string' },
      'trail-days': { type: 'string' },
      'warm-days': { type: 'string' },
      tenant: { type: 'string', multiple: true, default: [] },
      map: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
}

function connectOptions(values: Values): ConnectOptions {
  const { url, region, service, user, 'password-env': variable } = values;
  if (url === undefined) throw new UsageError('--url: expected the address of an OpenSearch, got none');
  if ((user === undefined) !== (variable === undefined)) {
    throw new UsageError('expected --user and --password-env together, got one of them');
  }
  if (service !== undefined && region === undefined) {
    throw new UsageError('--region: expected the region of the service, got none');
  }
  const basic =
    user === undefined || variable === undefined ? undefined : { user, password: password(variable) };
  return {
    url,
    ...(region === undefined
      ? {}
      : { signing: { region, service: oneOf('--service', service ?? 'es', ['es', 'aoss']) } }),
    ...(basic === undefined ? {} : { basic }),
  };
}

function password(variable: string): string {
  const text = environmentText(variable);
  if (text === '') {
    throw new UsageError(
      `--password-env: expected a variable with a password, got ${variable}, which is empty`,
    );
  }
  return text;
}

/** Their ranges are the schema's to check. */
type NumberOption = 'shards' | 'replicas' | 'refresh-seconds' | 'business-days' | 'trail-days' | 'warm-days';

function setupOptions(values: Values, dryRun: boolean): SetupOptions {
  const number = (option: NumberOption): number | undefined => {
    const value = values[option];
    return value === undefined ? undefined : wholeNumber(`--${option}`, value, 0, 1_000_000);
  };
  const chosen = {
    shards: number('shards'),
    replicas: number('replicas'),
    refreshSeconds: number('refresh-seconds'),
    businessDays: number('business-days'),
    trailDays: number('trail-days'),
    warmDays: number('warm-days'),
  };
  return {
    ...Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)),
    preset: oneOf('--preset', values.preset, Object.keys(INDEX_PRESETS) as IndexPreset[]),
    tenants: values.tenant,
    roleMappings: roleMappings(values.map),
    engine: values.service === 'aoss' ? 'serverless' : 'cluster',
    dryRun,
    force: values.force,
  };
}

/** `collector=arn:aws:iam::…:role/collector` */
function roleMappings(entries: readonly string[]): RoleMappings {
  const mappings: Partial<Record<(typeof AUDIENCES)[number], readonly string[]>> = {};
  for (const entry of entries) {
    const [name = '', ...rest] = entry.split('=');
    const backendRole = rest.join('=');
    const audience = oneOf('--map', name, AUDIENCES);
    if (backendRole === '') throw new UsageError(`--map: expected ${audience}=BACKEND_ROLE, got "${entry}"`);
    mappings[audience] = [...(mappings[audience] ?? []), backendRole];
  }
  return mappings;
}
