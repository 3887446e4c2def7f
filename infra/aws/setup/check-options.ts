/** Checks at synth what the set-up would only find wrong when it runs. */
import { type IndexOptions, indexSettings } from '@trailgate/collectors/schema';
import { alertMonitors, type MonitorThresholds } from '@trailgate/dashboards';
import { TrailgatePropsError } from '../props-error.ts';

/** @throws TrailgatePropsError */
export function checkIndexOptions(options: IndexOptions | undefined): void {
  checked('indexOptions', () => indexSettings(options));
}

/** @throws TrailgatePropsError */
export function checkThresholds(thresholds: Partial<MonitorThresholds> | undefined): void {
  if (thresholds === undefined) return;
  checked('alertThresholds', () => alertMonitors({ channelIds: [], thresholds }));
}

/** The rooms below say `<option>: expected <this>, got <that>`. */
function checked(prop: string, check: () => unknown): void {
  try {
    check();
  } catch (error) {
    const { message } = error as Error;
    const [, option, expected, got] =
      /^(?:thresholds\.)?(\w+): expected (.*), got (.*)$/s.exec(message) ?? [];
    if (option === undefined || expected === undefined || got === undefined) throw error;
    throw new TrailgatePropsError(`${prop}.${option}`, expected, got);
  }
}
