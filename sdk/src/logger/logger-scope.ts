/** What a logger needs of the invocation it is called in: keys that end with it, its detail and its correlation id. */
export interface LoggerScope {
  /** Of the current invocation; undefined outside one and where none were set. */
  keys(): Readonly<Record<string, unknown>> | undefined;
  /** Does nothing outside an invocation. The object is immutable; undefined removes all. */
  setKeys(keys: Readonly<Record<string, unknown>> | undefined): void;
  /** Writes the lines that wait for the end of the invocation; detail that may never be wanted goes on waiting. */
  flush(): void;
  /** Forgets the detail that waits. */
  clearDetail(): void;
  /** Writes the detail that waits. */
  releaseDetail(): void;
  /** Undefined outside an invocation. */
  correlationId(): string | undefined;
  setCorrelationId(id: string): void;
}

/** Of a logger that belongs to no invocations. */
export const NO_SCOPE: LoggerScope = {
  keys: () => undefined,
  setKeys() {},
  flush() {},
  clearDetail() {},
  releaseDetail() {},
  correlationId: () => undefined,
  setCorrelationId() {},
};
