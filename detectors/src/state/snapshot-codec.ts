/** Turns a shard's state into JSON text and back, maps included, so that a restored actor equals one that never stopped. */
import { SnapshotUnreadableError } from '../errors.ts';

/** Rises with each change of the state's shape. */
export const SNAPSHOT_VERSION = 1;

const MAP_TAG = '$map';

/** JSON text of the state; plain data and maps only. */
export function encodeSnapshot(state: unknown): string {
  return JSON.stringify({ v: SNAPSHOT_VERSION, state }, (_key, value: unknown) =>
    value instanceof Map ? { [MAP_TAG]: [...value] } : value,
  );
}

/** The state in a snapshot. Throws SnapshotUnreadableError for another version or broken text. */
export function decodeSnapshot(text: string): unknown {
  let outer: unknown;
  try {
    outer = JSON.parse(text, (_key, value: unknown) =>
      hasOwn(value, MAP_TAG) ? new Map(value[MAP_TAG] as [unknown, unknown][]) : value,
    );
  } catch (cause) {
    throw new SnapshotUnreadableError('snapshot: expected JSON, got text that does not parse', { cause });
  }
  if (!hasOwn(outer, 'v') || outer.v !== SNAPSHOT_VERSION || !hasOwn(outer, 'state')) {
    const got = hasOwn(outer, 'v') ? JSON.stringify(outer.v) : 'none';
    throw new SnapshotUnreadableError(`snapshot.v: expected ${SNAPSHOT_VERSION}, got ${got}`);
  }
  return outer.state;
}

function hasOwn<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}
