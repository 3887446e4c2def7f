/** How a deployment wants its indices cut, and how long they live: checked once, before anything is generated. */

export interface IndexOptions {
  /** What shards, replicas and refresh begin from. @default 'standard' */
  readonly preset?: IndexPreset;
  /** Primary shards of an index, 1 to 64. @default by preset */
  readonly shards?: number;
  /** Copies beside the primary, 0 to 10; domains with a standby zone want 2. @default by preset */
  readonly replicas?: number;
  /** Seconds until a document can be found, 1 to 300. @default by preset */
  readonly refreshSeconds?: number;
  /** Days that a business index lives, 1 to 3,650. @default 14 */
  readonly businessDays?: number;
  /** Days that a trail index lives, 1 to 3,650. @default 400 */
  readonly trailDays?: number;
  /** Age in days at which a trail index is merged for good, 22 to 3,650; none is when it does not live so long. @default 30 */
  readonly warmDays?: number;
  /** Each gets a developers' role that shows its own business documents only. @default none */
  readonly tenants?: readonly string[];
}

export interface IndexSettings extends Required<Omit<IndexOptions, 'preset'>> {}

/** `single`: one node. `large`: over some 30 GB a day. */
export const INDEX_PRESETS = {
  single: { shards: 1, replicas: 0, refreshSeconds: 1 },
  standard: { shards: 1, replicas: 1, refreshSeconds: 1 },
  large: { shards: 3, replicas: 1, refreshSeconds: 5 },
} as const;

export type IndexPreset = keyof typeof INDEX_PRESETS;

/** An option is not what it must be. */
export class IndexOptionsError extends Error {
  readonly code = 'INDEX_OPTIONS';
  override readonly name = 'IndexOptionsError';
}

/** An event may come to its day's index 14 days late (the collector's `lateDays`), and its record may have waited 7 more in the stream. */
const EARLIEST_WARM_DAYS = 22;
const MAX_DAYS = 3_650;

type NumberOption = 'shards' | 'replicas' | 'refreshSeconds' | 'businessDays' | 'trailDays' | 'warmDays';

const RANGES: Readonly<Record<NumberOption, readonly [low: number, high: number]>> = {
  shards: [1, 64],
  replicas: [0, 10],
  refreshSeconds: [1, 300],
  businessDays: [1, MAX_DAYS],
  trailDays: [1, MAX_DAYS],
  warmDays: [EARLIEST_WARM_DAYS, MAX_DAYS],
};

/** @throws IndexOptionsError naming the option, what was expected and what came. */
export function indexSettings({ preset = 'standard', ...given }: IndexOptions = {}): IndexSettings {
  if (!Object.hasOwn(INDEX_PRESETS, preset)) {
    throw new IndexOptionsError(`preset: expected ${Object.keys(INDEX_PRESETS).join(', ')}, got "${preset}"`);
  }
  const settings = {
    ...INDEX_PRESETS[preset],
    businessDays: 14,
    trailDays: 400,
    warmDays: 30,
    tenants: [],
    ...given,
  };
  for (const [name, [low, high]] of Object.entries(RANGES)) {
    const value = settings[name as NumberOption];
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new IndexOptionsError(`${name}: expected a whole number from ${low} to ${high}, got ${value}`);
    }
  }
  for (const tenant of settings.tenants) {
    // It becomes part of a role's name and of its path.
    if (!/^[\w.-]{1,64}$/.test(tenant)) {
      throw new IndexOptionsError(
        'tenants: expected 1 to 64 letters, digits, ".", "_" or "-", got another text',
      );
    }
  }
  return settings;
}
