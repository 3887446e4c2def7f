/**
 * The arithmetic of a token bucket that is stored as one moment: the theoretical arrival time (generic cell rate
 * algorithm, ITU-T I.371). All times are whole microseconds, so that a table adds them exactly.
 */

export interface Rate {
  /** Requests a second, above 0. */
  readonly rate: number;
  readonly burst: number;
}

/** Microseconds that one request costs; rounded up, so that rounding never admits more than the rate. */
export function interval(limit: Rate): number {
  return Math.ceil(1_000_000 / limit.rate);
}

export function wholeBurst(limit: Rate): number {
  return Math.max(1, Math.floor(limit.burst));
}

/** The arrival time of a bucket that is empty at `now`. */
export function emptyAt(now: number, limit: Rate): number {
  return now + wholeBurst(limit) * interval(limit);
}

/** Requests that a bucket with arrival time `tat` admits at `now`. */
export function headroom(tat: number, now: number, limit: Rate): number {
  return Math.max(0, Math.floor((emptyAt(now, limit) - Math.max(tat, now)) / interval(limit)));
}

/** The first moment at which a bucket with arrival time `tat` admits one request. */
export function admitsFrom(tat: number, limit: Rate): number {
  return tat - (wholeBurst(limit) - 1) * interval(limit);
}
