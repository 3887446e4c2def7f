/** All that one function instance holds: takes what handlers say and decides when which records of it are written. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Config } from './config.ts';
import { NO_TENANT } from './event/identity.ts';
import { beginInvocation, type Invocation, principal } from './invocation/invocation.ts';
import type { Outcome } from './invocation/outcome.ts';
import { dangerCall, readRemaining, watch } from './invocation/watch.ts';
import type { LimitHit } from './limits/limiter.ts';
import { raisedTo, reaches } from './logger/level.ts';
import { createLogLine, type LogCall, type LogLine } from './logger/log-line.ts';
import { contextText } from './record/common-fields.ts';
import { keepReason, requestRecord } from './record/request-record.ts';
import { rollupRecords } from './record/rollup-records.ts';
import { refusalEvent, trailRecord } from './record/trail-record.ts';
import { RollupCounts } from './rollup/rollup-counts.ts';
import { FloodFold, type Folded } from './trail/flood-fold.ts';
import type { TrailEvent } from './trail/trail.ts';
import { type PendingRecord, RecordWriter } from './writer/record-writer.ts';
import { createTimestamp } from './writer/timestamp.ts';

interface Refusal {
  readonly invocation: Invocation;
  readonly hit: LimitHit;
}

const INSTANCE_BYTES = 8;

export class Instance {
  readonly #scope: AsyncLocalStorage<Invocation> = new AsyncLocalStorage();
  readonly counts: RollupCounts;
  readonly #config: Config;
  readonly #timestamp: (epochMs: number) => string = createTimestamp();
  readonly #logLine: LogLine = createLogLine();
  readonly #writer: RecordWriter;
  readonly #refusals = new FloodFold<Refusal>();
  #started = false;
  #coldstart = true;

  constructor(config: Config) {
    const { clock, randomBytes, write } = config.ports;
    this.#config = config;
    this.#writer = new RecordWriter(Buffer.from(randomBytes(INSTANCE_BYTES)).toString('hex'), write);
    this.counts = new RollupCounts(this.#timestamp(clock()));
  }

  /** Says that the instance is there, so that one which dies before its first answer is known. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#writer.write(this.#rollup());
  }

  begin(event: unknown, lambda: unknown): Invocation {
    const { ports, rate } = this.#config;
    const coldstart = this.#coldstart;
    this.#coldstart = false;
    const invocation = beginInvocation(event, lambda, { ports, rate, writer: this.#writer, coldstart });
    invocation.stopWatch = this.#watch(invocation, lambda);
    return invocation;
  }

  /** Undefined where the platform says nothing of time. */
  #watch(invocation: Invocation, lambda: unknown): (() => void) | undefined {
    const remainingMs = readRemaining(lambda);
    if (remainingMs === undefined) return undefined;
    const { ports, memoryBytes } = this.#config;
    return watch({ remainingMs, memoryBytes }, ports, (danger) => {
      if (danger === 'timeout') invocation.life.nearTimeout = true;
      const left = Math.max(0, Math.round(remainingMs()));
      this.#releaseDetail(invocation);
      this.#put(
        this.#logRecord(dangerCall(danger, left), invocation, { at: ports.clock(), weight: 1 }),
        invocation,
      );
      if (this.counts.unwritten) for (const record of this.#rollup()) invocation.batch.add(record);
      invocation.batch.writeNow();
    });
  }

  /** The invocation, or the record of its batch, that the caller runs in. */
  current(): Invocation | undefined {
    return this.#scope.getStore();
  }

  run<T>(invocation: Invocation, work: () => T): T {
    return this.#scope.run(invocation, work);
  }

  log(call: LogCall): void {
    const invocation = this.current();
    const at = this.#config.ports.clock();
    if (reaches(call.level, 'WARN')) {
      this.#put(this.#logRecord(call, invocation, { at, weight: 1 }), invocation);
    } else if (reaches(call.level, 'INFO') && (invocation === undefined || invocation.keptAs !== undefined)) {
      this.#put(this.#logRecord(call, invocation, { at, weight: invocation?.weight ?? 1 }), invocation);
    } else if (invocation !== undefined && !invocation.life.ended) {
      invocation.detail.capture(call, at);
    }
  }

  trail(event: TrailEvent): void {
    const invocation = this.current();
    this.#put(this.#mustArrive(trailRecord(event, invocation, this.#now())), invocation);
  }

  /** Writes all of an ended invocation at once. */
  end(invocation: Invocation, outcome: Outcome, refusedBy?: LimitHit): Promise<void> | undefined {
    const { ports, service, slowMs } = this.#config;
    invocation.stopWatch?.();
    const nowMs = ports.monotonic();
    const durationMs = nowMs - invocation.startedMs;
    const reason = keepReason(invocation, outcome, { durationMs, slowMs });
    if (reason === 'error' || reason === 'slow' || reason === 'timeout') {
      this.#releaseDetail(invocation);
      invocation.batch.unweigh();
    }
    this.#countServed(invocation, outcome.status, {
      kept: reason !== undefined,
      durationMs,
      refused: refusedBy !== undefined,
    });
    if (refusedBy !== undefined) this.#foldRefusal({ invocation, hit: refusedBy }, nowMs);
    if (reason !== undefined) {
      const facts = { service, timestamp: this.#timestamp(ports.clock()), durationMs, reason };
      invocation.batch.add(this.#mustArrive(requestRecord(invocation, outcome, facts)));
    }
    for (const record of this.#folded(this.#refusals.due(nowMs))) invocation.batch.add(record);
    if (this.counts.due(nowMs)) for (const record of this.#rollup()) invocation.batch.add(record);
    invocation.life.ended = true;
    invocation.batch.close();
    return undefined;
  }

  flush(): void {
    const folded = this.#folded(this.#refusals.drain(this.#config.ports.monotonic()));
    this.#writer.write(this.counts.unwritten ? [...folded, ...this.#rollup()] : folded);
  }

  #countServed(
    invocation: Invocation,
    status: number,
    how: { readonly kept: boolean; readonly durationMs: number; readonly refused: boolean },
  ): void {
    const { request, identity } = invocation;
    // What an authorizer lets pass is a request that the function behind it counts for the principal.
    const countedBehind = request.kind === 'authorizer' && status === 200;
    this.counts.served({
      route: request.route,
      status,
      tenant: identity.tenant ?? NO_TENANT,
      principal: countedBehind ? undefined : principal(invocation),
      ...how,
    });
  }

  #foldRefusal(refusal: Refusal, nowMs: number): void {
    const { identity } = refusal.invocation;
    const key = `${identity.tenant ?? NO_TENANT}\n${principal(refusal.invocation)}`;
    for (const record of this.#folded(this.#refusals.take(key, refusal, nowMs))) {
      refusal.invocation.batch.add(record);
    }
  }

  #folded(refusals: readonly Folded<Refusal>[]): PendingRecord[] {
    return refusals.map(({ event, count }) =>
      this.#mustArrive(trailRecord(refusalEvent(event.hit), event.invocation, { ...this.#now(), count })),
    );
  }

  #releaseDetail(invocation: Invocation): void {
    const { lines, dropped } = invocation.detail.take();
    if (dropped > 0) {
      const call: LogCall = {
        level: 'WARN',
        message: `${dropped} earlier lines of detail were let go`,
        fields: undefined,
        error: undefined,
      };
      invocation.batch.add(
        this.#logRecord(call, invocation, { at: lines[0]?.at ?? this.#config.ports.clock(), weight: 1 }),
      );
    }
    for (const { at, call } of lines) {
      invocation.batch.add(this.#logRecord(call, invocation, { at, weight: 1 }));
    }
  }

  #logRecord(
    call: LogCall,
    invocation: Invocation | undefined,
    { at, weight }: { readonly at: number; readonly weight: number },
  ): PendingRecord {
    return {
      level: call.level,
      timestamp: this.#timestamp(at),
      channel: 'business',
      kind: 'log',
      weight,
      tail: this.#logLine(call, contextText(this.#config.service, invocation)),
    };
  }

  #rollup(): PendingRecord[] {
    const rollup = this.counts.take(this.#config.ports.monotonic());
    return rollupRecords(rollup, this.#now()).map((record) => this.#mustArrive(record));
  }

  #put(record: PendingRecord, invocation: Invocation | undefined): void {
    if (invocation === undefined) this.#writer.write([record]);
    else invocation.batch.add(record);
  }

  #mustArrive(record: PendingRecord): PendingRecord {
    return { ...record, level: raisedTo(record.level, this.#config.platformFloor) };
  }

  #now(): { readonly service: string; readonly timestamp: string } {
    return { service: this.#config.service, timestamp: this.#timestamp(this.#config.ports.clock()) };
  }
}
