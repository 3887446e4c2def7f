/** Says what each cap of each client does now, for the list of caps. */
import { type BaseLimit, type ClientCaps, type DetectorCap, effectiveCap } from '@trailgate/sdk/limits';
import type { CapRow, CapState } from '../view.ts';
import { legibleText } from './legible-text.ts';

/** Rows shown; the ones that end last stay. */
const MAX_CAP_ROWS = 200;

/** A row for every cap that has not ended, the one that ends last first; `now` is epoch ms. */
export function capRows(clients: readonly ClientCaps[], base: BaseLimit, now: number): readonly CapRow[] {
  return clients
    .flatMap((caps) => [...operatorRow(caps, base, now), ...detectorRows(caps, base, now)])
    .sort((a, b) => b.end - a.end || (a.key < b.key ? -1 : 1))
    .slice(0, MAX_CAP_ROWS);
}

function detectorRows(caps: ClientCaps, base: BaseLimit, now: number): readonly CapRow[] {
  const overruled = caps.operator !== undefined && now < caps.operator.end;
  return Object.entries(caps.detectors)
    .filter(([, cap]) => now < cap.end)
    .map(([detector, cap]) => ({
      ...clientOf(caps, detector),
      cls: legibleText(cap.cls),
      rule: legibleText(cap.why || detector),
      state: stateOf(cap, overruled, now),
      rate: rateOf(caps, detector, cap, base, now),
      base: base.rate,
      hold: cap.hold,
      end: cap.end,
      from: cap.seq / 1_000,
    }));
}

function stateOf(cap: DetectorCap, overruled: boolean, now: number): CapState {
  if (overruled) return 'overruled';
  if (cap.mode === 'shadow') return 'shadow';
  return now < cap.hold ? 'held' : 'rising';
}

/** What this cap alone allows, as the functions work it out; a shadow cap as if it were enforced. */
function rateOf(caps: ClientCaps, detector: string, cap: DetectorCap, base: BaseLimit, now: number): number {
  const { tenant, client, ver } = caps;
  const alone: ClientCaps = { tenant, client, ver, detectors: { [detector]: { ...cap, mode: 'enforce' } } };
  return effectiveCap(alone, base, cap.cls, now).rate;
}

function operatorRow(caps: ClientCaps, base: BaseLimit, now: number): readonly CapRow[] {
  const { operator } = caps;
  if (operator === undefined || now >= operator.end) return [];
  return [
    {
      ...clientOf(caps, 'operator'),
      cls: '*',
      rule: legibleText(`${operator.kind} by ${operator.by}: ${operator.why}`),
      state: 'operator',
      decision: operator.kind,
      rate: effectiveCap(caps, base, '*', now).rate,
      base: base.rate,
      hold: operator.end,
      end: operator.end,
      from: null,
    },
  ];
}

function clientOf(caps: ClientCaps, writer: string): Pick<CapRow, 'key' | 'subject' | 'tenant' | 'client'> {
  return {
    key: JSON.stringify([caps.tenant, caps.client, writer]),
    subject: { tenant: caps.tenant, client: caps.client },
    tenant: legibleText(caps.tenant),
    client: legibleText(caps.client),
  };
}
