/** What a rule has gathered about one key, and what a hit says of it. */
import type { CountedEvidence } from './counted-evidence.ts';
import { bucketsExpired, countEvents, type EventBuckets, emptyBuckets } from './event-count.ts';
import type { Correlation } from './rule.ts';
import { clearValue, countValue, emptyValues, type ValueTable, valuesExpired } from './value-count.ts';

export type Evidence = EventBuckets | ValueTable;

export interface RuleEvent {
  readonly at: number;
  /** Events that the signal stands for. */
  readonly count: number;
  /** Of these, the ones that named the value themselves. */
  readonly records: number;
  /** Value of the field that a value_count counts. */
  readonly value: string | undefined;
}

export function emptyEvidence(correlation: Correlation): Evidence {
  return correlation.type === 'event_count' ? emptyBuckets() : emptyValues();
}

/** Adds an event; returns the evidence when it is enough. */
export function addEvidence(
  evidence: Evidence,
  correlation: Correlation,
  event: RuleEvent,
): CountedEvidence | undefined {
  if (correlation.type === 'event_count' && evidence.type === 'event_count') {
    return countEvents(evidence, correlation, event.at, event.count);
  }
  if (correlation.type === 'value_count' && evidence.type === 'value_count') {
    return countValue(evidence, correlation, event.at, event.value, event.count, event.records);
  }
  return undefined;
}

/** An exonerating event: its value is evidence no more. */
export function clearEvidence(evidence: Evidence, correlation: Correlation, event: RuleEvent): void {
  if (correlation.type === 'value_count' && evidence.type === 'value_count') {
    clearValue(evidence, correlation, event.at, event.value);
  }
}

export function evidenceExpired(evidence: Evidence, correlation: Correlation, now: number): boolean {
  if (correlation.type === 'event_count' && evidence.type === 'event_count') {
    return bucketsExpired(evidence, correlation, now);
  }
  if (correlation.type === 'value_count' && evidence.type === 'value_count') {
    return valuesExpired(evidence, correlation, now);
  }
  return true;
}
