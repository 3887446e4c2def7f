/** The document of an SDK record: the contract's own fields at the root, whatever else stands there under `fields`. */
import {
  type CommonFields,
  MACHINE_KEY,
  type RequestBody,
  type RollupBody,
  type TrailBody,
} from '@trailgate/sdk/wire';
import type { ShapedDocument } from '../kind.ts';
import type { SdkRecord } from './sdk-record.ts';

type RootKey = keyof CommonFields | keyof RequestBody | keyof RollupBody | keyof TrailBody;

/** Root keys that a writer of the contract may set; the mapping has a type for each. */
const ROOT: Readonly<Record<RootKey, true>> = {
  message: true,
  service: true,
  correlation_id: true,
  trace_id: true,
  span_id: true,
  tenant: true,
  principal: true,
  user: true,
  source: true,
  route: true,
  faas: true,
  record: true,
  raised_from: true,
  fields: true,
  error: true,
  event: true,
  http: true,
  url: true,
  kept: true,
  rollup: true,
  count: true,
  target: true,
  threat: true,
  chain: true,
};

/** Head fields come from the head's bytes: a second `trailgate` or `level` further along the line has no effect. */
export function recordDocument({ head, time, body }: SdkRecord): ShapedDocument {
  const { level, channel, kind, instance, seq, weight, version } = head;
  const shaped: Record<string, unknown> = {
    level,
    [MACHINE_KEY]: { v: version, channel, kind, instance, seq, weight },
  };
  const strays: [string, unknown][] = [];
  for (const [key, value] of Object.entries(body)) {
    if (key === 'level' || key === 'timestamp' || key === MACHINE_KEY) continue;
    if (Object.hasOwn(ROOT, key)) shaped[key] = value;
    else strays.push([key, value]);
  }
  if (strays.length > 0) shaped.fields = { ...Object.fromEntries(strays), ...objectOr(shaped.fields) };
  return { channel, time, body: shaped };
}

function objectOr(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
