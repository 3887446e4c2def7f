/** Gathers signals by key: all of one key within an invocation travel together, in log order. */
import { SIGNAL_VERSION, type Signal, type SignalBatch } from '@trailgate/sdk/wire';
import type { KeyedSignal } from '../kinds/kind.ts';

export function batchSignals(keyed: readonly KeyedSignal[]): readonly SignalBatch[] {
  const byKey = new Map<string, Signal[]>();
  for (const { key, signal } of keyed) {
    const signals = byKey.get(key);
    if (signals === undefined) byKey.set(key, [signal]);
    else signals.push(signal);
  }
  return [...byKey].map(([key, signals]) => ({ v: SIGNAL_VERSION, key, signals }));
}
