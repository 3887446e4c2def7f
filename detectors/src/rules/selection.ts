/** Decides whether a signal matches one of a rule's selections: every field that it names must fit. */
import type { TrailSignal, UsageSignal } from '@trailgate/sdk/wire';

/** Signals that rules look at: those of one principal. */
export type RuleSignal = TrailSignal | UsageSignal;

/** Fields that a selection may name; `refused` is none of them, because what the limiter refused is no evidence. */
export const SELECTION_FIELDS = [
  'kind',
  'action',
  'outcome',
  'service',
  'tenant',
  'principal',
  'user',
  'ip',
  'route',
  'reason',
] as const;
export type SelectionField = (typeof SELECTION_FIELDS)[number];

export const MODIFIERS = ['equals', 'startswith', 'endswith', 'contains'] as const;
export type Modifier = (typeof MODIFIERS)[number];

export interface FieldTest {
  readonly field: SelectionField;
  readonly modifier: Modifier;
  /** Any of them fits. */
  readonly values: readonly string[];
}

export interface Selection {
  readonly name: string;
  readonly fields: readonly FieldTest[];
}

export function matchesSelection(selection: Selection, signal: RuleSignal): boolean {
  return selection.fields.every((test) => {
    const value = fieldOf(signal, test.field);
    return value !== undefined && test.values.some((wanted) => fits(value, test.modifier, wanted));
  });
}

/** A field's value, or undefined where this kind of signal has none. */
export function fieldOf(signal: RuleSignal, field: SelectionField): string | undefined {
  switch (field) {
    case 'kind':
    case 'service':
    case 'tenant':
    case 'principal':
      return signal[field];
    default:
      return signal.kind === 'trail' ? signal[field] : undefined;
  }
}

function fits(value: string, modifier: Modifier, wanted: string): boolean {
  switch (modifier) {
    case 'equals':
      return value === wanted;
    case 'startswith':
      return value.startsWith(wanted);
    case 'endswith':
      return value.endsWith(wanted);
    case 'contains':
      return value.includes(wanted);
  }
}
