/** A monitor together with what a person is told about it: where it stands, what it means and what to do. */
import type { MonitorDefinition, Severity } from './monitor.ts';

export interface AlertMonitor {
  readonly definition: MonitorDefinition;
  readonly alerts: readonly AlertNote[];
}

/** Of one trigger, for the page of alerts. */
export interface AlertNote {
  readonly title: string;
  readonly severity: Severity;
  /** When it fires, with its numbers. */
  readonly fires: string;
  /** What a person does then. */
  readonly todo: string;
  readonly throttleMinutes: number;
  /** Saved search to look at, by its id. */
  readonly search: string;
}
