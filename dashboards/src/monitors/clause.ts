/** Clauses of a monitor's search, with fields that the compiler knows to be indexed. */
import type { TrailField } from '@trailgate/collectors/schema';
import type { TrailAction } from '@trailgate/sdk/wire';

export function is(field: TrailField, value: string): object {
  return { term: { [field]: value } };
}

export function among(field: TrailField, values: readonly string[]): object {
  return { terms: { [field]: values } };
}

/** Typed by the vocabulary of the trail, so that a misspelt action is not a monitor that never fires. */
export function actionAmong(...actions: readonly TrailAction[]): object {
  return among('event.action', actions);
}

/** Of the time that the events themselves state, up to the run of the monitor. */
export function withinMinutes(minutes: number): object {
  return within(`${minutes}m`);
}

/** For times that are no whole minutes. */
export function withinSeconds(seconds: number): object {
  return within(`${seconds}s`);
}

function within(time: string): object {
  const field: TrailField = '@timestamp';
  return {
    range: { [field]: { gte: `{{period_end}}||-${time}`, lte: '{{period_end}}', format: 'epoch_millis' } },
  };
}

/** How many events: a folded record counts for all that it stands for. */
export function eventCount(): object {
  const field: TrailField = 'count';
  return { sum: { field, missing: 1 } };
}

/** Of one of the indices; a `*` stands for any text. */
export function inIndices(...patterns: readonly string[]): object {
  return {
    bool: { should: patterns.map((value) => ({ wildcard: { _index: { value } } })), minimum_should_match: 1 },
  };
}
