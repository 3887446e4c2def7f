/** What a set-up found and did, thing by thing. */

/** Of a dry run: what would have been done. */
export type SetupStatus =
  | 'created'
  | 'changed'
  | 'unchanged'
  /** Left as it is, or not to be had from this engine: the detail says why. */
  | 'skipped'
  /** Not as it should be: the detail says what the engine said, or what to do. */
  | 'failed';

export type SetupSubject =
  | 'component template'
  | 'index template'
  | 'index'
  | 'write index'
  | 'lifecycle policy'
  | 'lifecycle of index'
  | 'role'
  | 'role mapping'
  | 'notification channel'
  | 'alert monitor'
  | 'log type'
  | 'detection rule'
  | 'field mapping'
  | 'threat detector'
  | 'saved objects';

export interface SetupStep {
  readonly subject: SetupSubject;
  readonly name: string;
  readonly status: SetupStatus;
  readonly detail?: string;
  /** Skipped because the engine does not have what the step is about. */
  readonly missing?: true;
}

export interface SetupReport {
  /** Version of the schema that was applied. */
  readonly version: number;
  /** Newest version that was found; absent where there was none. */
  readonly installed?: number;
  /** Nothing was written. */
  readonly dryRun: boolean;
  readonly steps: readonly SetupStep[];
}
