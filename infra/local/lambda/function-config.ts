/** What the platform is told about a function. */
export interface FunctionConfig {
  readonly name: string;
  /** URL of the module that exports `handler`. */
  readonly module: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMB: number;
}
