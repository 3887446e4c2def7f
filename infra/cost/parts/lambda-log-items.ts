/** What functions log, the watched ones and ours: one amount for Lambda's tiers, told apart by who wrote it. */
import { type CostItem, GB } from '../cost-item.ts';
import type { PriceList } from '../price-list.ts';
import { LAMBDA_LOG_TIERS } from '../prices.ts';

/** Bytes a month. */
export interface LoggedBytes {
  readonly sdkBytes: number;
  readonly platformBytes: number;
  readonly ownBytes: number;
}

export function lambdaLogItems(logged: LoggedBytes, prices: PriceList): readonly CostItem[] {
  const written = [
    { part: 'Log lines of the SDK', gb: logged.sdkBytes / GB },
    { part: 'Log lines of Lambda (paid without Trailgate too)', gb: logged.platformBytes / GB },
    { part: 'Log lines of the pipeline', gb: logged.ownBytes / GB },
  ];
  const all = written.reduce((sum, { gb }) => sum + gb, 0);
  const usdPerGb = all === 0 ? 0 : tieredUsd(all, prices.price('logs.lambdaGb')) / all;
  return written.map(({ part, gb }) => ({ part, quantity: gb, unit: 'GB', usdPerMonth: gb * usdPerGb }));
}

function tieredUsd(gb: number, firstTierUsd: number): number {
  let usd = 0;
  let from = 0;
  for (const { upToGb, share } of LAMBDA_LOG_TIERS) {
    usd += Math.max(0, Math.min(gb, upToGb) - from) * firstTierUsd * share;
    from = upToGb;
  }
  return usd;
}
