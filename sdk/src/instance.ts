/** All that one function instance holds: takes what handlers say and decides when which records of it are written. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Config } from './config.ts';
import { hexDigits } from './correlation/hex-digits.ts';
import { NO_TENANT } from './event/identity.ts';
import type { EventRecord } from './event/records.ts';
import {
  beginInvocation,
  type Invocation,
  type InvocationPorts,
  principal,
  recordInvocation,
} from './invocation/invocation.ts';
import { beginSpan } from './invocation/invocation-span.ts';
import { isClientRequest, type Outcome } from './invocation/outcome.ts';
import { type Danger, dangerCall, readRemaining, watch } from './invocation/watch.ts';
import type { LimitHit } from './limits/limiter.ts';
import { raisedTo } from './logger/level.ts';
import { LogIntake } from './logger/log-intake.ts';
import { createLogLine, type LogCall } from './logger/log-line.ts';
import { keepReason, requestRecord } from './record/request-record.ts';
import { rollupRecords } from './record/rollup-records.ts';
import { RollupCounts } from './rollup/rollup-counts.ts';
import { DetailCeiling } from './sampling/detail-ceiling.ts';
import { SamplingPolicy } from './sampling/sampling-policy.ts';
import { SlowBound } from './sampling/slow-bound.ts';
import type { TrailEvent } from './trail/trail.ts';
import { TrailIntake } from './trail/trail-intake.ts';
import type { Rollup } from './wire/record.ts';
import { type PendingRecord, RecordWriter } from './writer/record-writer.ts';
import { createTimestamp } from './writer/timestamp.ts';

const INSTANCE_BYTES = 8;

export class Instance {
  readonly counts: RollupCounts;
  readonly #config: Config;
  readonly #scope: AsyncLocalStorage<Invocation> = new AsyncLocalStorage();
  readonly #timestamp: (epochMs: number) => string = createTimestamp();
  readonly #writer: RecordWriter;
  readonly #begin: InvocationPorts;
  readonly #policy: SamplingPolicy;
  readonly #slow: SlowBound;
  readonly #ceiling: DetailCeiling;
  readonly #logs: LogIntake;
  readonly #trail: TrailIntake;
  #started = false;
  #invoked = false;

  constructor(config: Config) {
    const { ports, sampling, service, redaction } = config;
    const { clock, monotonic, randomBytes, write } = ports;
    this.#config = config;
    this.#writer = new RecordWriter(hexDigits(randomBytes(INSTANCE_BYTES)), write);
    this.counts = new RollupCounts(this.#timestamp(clock()));
    this.#policy = new SamplingPolicy(sampling);
    this.#slow = new SlowBound(this.#policy);
    this.#ceiling = new DetailCeiling(sampling.ceiling);
    this.#begin = { ...config, policy: this.#policy, writer: this.#writer };
    this.#logs = new LogIntake({
      service,
      logLine: createLogLine(redaction),
      ceiling: this.#ceiling,
      platformFloor: config.platformFloor,
      clock,
      monotonic,
      timestamp: this.#timestamp,
      put: (record, invocation) => this.#put(record, invocation),
    });
    this.#trail = new TrailIntake({ service, redaction, monotonic, now: () => this.#now() });
  }

  /** Says that the instance is there, so that one which dies before its first answer is known. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#writer.write(this.#rollup());
  }

  /** Makes the links of the trail's chain with a key from now on. */
  anchorTrail(id: string, key: Uint8Array): void {
    this.#writer.chain.anchor(id, key);
  }

  begin(event: unknown, lambda: unknown): Invocation {
    const { limiter, ports, tracing } = this.#config;
    const coldstart = !this.#invoked;
    this.#invoked = true;
    this.#policy.apply(limiter?.sampling, ports.clock());
    const invocation = beginInvocation(event, lambda, this.#begin, coldstart);
    // Where the limiter is not asked to decide, nothing else would make it read what an operator changed.
    if (limiter !== undefined && !isClientRequest(invocation.request)) limiter.freshen?.(ports.clock());
    const remainingMs = readRemaining(lambda);
    if (remainingMs !== undefined) invocation.stopWatch = this.#watch(invocation, remainingMs);
    if (tracing !== undefined) {
      invocation.span = beginSpan(tracing, invocation, { event, lambda, remainingMs, clock: ports.clock });
    }
    return invocation;
  }

  /** The invocation, or the record of its batch, that the caller runs in. */
  current(): Invocation | undefined {
    return this.#scope.getStore();
  }

  run<T>(invocation: Invocation, work: () => T): T {
    const { span } = invocation;
    return span === undefined
      ? this.#scope.run(invocation, work)
      : this.#scope.run(invocation, () => span.run(work));
  }

  /** Makes the invocation the current one of the caller's own function, for what calls the handler from there. */
  enter(invocation: Invocation): void {
    this.#scope.enterWith(invocation);
  }

  recordScope(record: EventRecord, invocation: Invocation): Invocation {
    return recordInvocation(invocation, record, this.#begin);
  }

  log(call: LogCall): void {
    this.#logs.take(call, this.current());
  }

  /** Writes the detail of an invocation, or of one record of its batch, as if it had failed. */
  releaseDetail(invocation: Invocation): void {
    this.#logs.release(invocation, invocation.record === undefined ? undefined : invocation);
  }

  trail(event: TrailEvent): void {
    const invocation = this.current();
    for (const record of this.#trail.take(event, invocation)) {
      this.#put(this.#mustArrive(record), invocation);
    }
  }

  /** Writes all of an ended invocation at once; what is given has to settle before the platform may freeze it. */
  end(invocation: Invocation, outcome: Outcome, refusedBy?: LimitHit): Promise<void> | undefined {
    const { ports, service, redaction } = this.#config;
    const { batch, request, life } = invocation;
    invocation.stopWatch?.();
    const nowMs = ports.monotonic();
    const durationMs = nowMs - invocation.startedMs;
    const slow = refusedBy === undefined && this.#slow.isSlow(request.route, durationMs);
    if (refusedBy === undefined) this.#slow.observe(request.route, durationMs);
    const reason = keepReason(invocation, outcome, slow);
    if (reason === 'error' || reason === 'slow' || reason === 'timeout') {
      this.#logs.release(invocation);
      batch.unweigh();
    }
    this.#countServed(invocation, outcome.status, {
      kept: reason !== undefined,
      durationMs,
      refused: refusedBy !== undefined,
    });
    if (refusedBy !== undefined) this.#addAll(this.#trail.takeRefusal(refusedBy, invocation), invocation);
    if (reason !== undefined) {
      const facts = { service, timestamp: this.#now(), durationMs, reason, redaction };
      batch.add(this.#mustArrive(requestRecord(invocation, outcome, facts)));
    }
    this.#addAll(this.#trail.due(nowMs), invocation);
    if (this.counts.due(nowMs)) for (const record of this.#rollup()) batch.add(record);
    life.ended = true;
    batch.close();
    const { status, failed, thrown } = outcome;
    return invocation.span?.end({ status, failed, error: thrown }, reason !== undefined);
  }

  flush(): void {
    const folded = this.#trail.drain().map((record) => this.#mustArrive(record));
    this.#writer.write(this.counts.unwritten ? [...folded, ...this.#rollup()] : folded);
  }

  #watch(invocation: Invocation, remainingMs: () => number): () => void {
    const { ports, memoryBytes } = this.#config;
    return watch({ remainingMs, memoryBytes }, ports, (danger) =>
      this.#save(invocation, danger, remainingMs()),
    );
  }

  /** Writes what would be lost if the platform ended the invocation now. */
  #save(invocation: Invocation, danger: Danger, leftMs: number): void {
    if (danger === 'timeout') {
      invocation.life.nearTimeout = true;
      // From now on it is kept for a reason of its own, and stands for itself alone.
      invocation.batch.unweigh();
    }
    this.#logs.release(invocation);
    this.#logs.write(dangerCall(danger, leftMs), invocation);
    this.#addAll(this.#trail.drain(), invocation);
    if (this.counts.unwritten) for (const record of this.#rollup()) invocation.batch.add(record);
    invocation.batch.writeNow();
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
      kept: how.kept,
      durationMs: how.durationMs,
      refused: how.refused,
    });
  }

  #rollup(): PendingRecord[] {
    const { ports, metrics, service } = this.#config;
    const rollup = this.counts.take(ports.monotonic(), { held: this.#ceiling.held });
    if (metrics !== undefined) {
      this.#writer.writeLines(this.#metricLines(metrics, rollup));
      return [];
    }
    return rollupRecords(rollup, { service, timestamp: this.#now() }).map((record) =>
      this.#mustArrive(record),
    );
  }

  #metricLines(metrics: NonNullable<Config['metrics']>, rollup: Rollup): readonly string[] {
    const { ports, service, platformFloor } = this.#config;
    try {
      return metrics.lines(rollup, {
        epochMs: ports.clock(),
        service,
        coldStarts: this.#invoked ? 1 : 0,
        ...(platformFloor === 'TRACE' ? {} : { level: raisedTo('INFO', platformFloor) }),
      });
    } catch {
      // A sink of someone's own must cost the invocation neither its records nor its answer.
      return [];
    }
  }

  #addAll(records: readonly PendingRecord[], invocation: Invocation): void {
    for (const record of records) invocation.batch.add(this.#mustArrive(record));
  }

  #put(record: PendingRecord, invocation: Invocation | undefined): void {
    if (invocation === undefined) this.#writer.write([record]);
    else invocation.batch.add(record);
  }

  #mustArrive(record: PendingRecord): PendingRecord {
    const level = raisedTo(record.level, this.#config.platformFloor);
    return level === record.level ? record : { ...record, level };
  }

  /** RFC 3339. */
  #now(): string {
    return this.#timestamp(this.#config.ports.clock());
  }
}
