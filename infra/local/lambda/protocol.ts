/** What a function instance and the local platform say to each other over the process channel. */

export type ToInstance = {
  readonly type: 'invoke';
  readonly requestId: string;
  readonly event: unknown;
  /** Epoch ms. */
  readonly deadline: number;
};

export type FromInstance =
  | { readonly type: 'ready' }
  | { readonly type: 'init-error'; readonly error: InvocationError }
  | {
      readonly type: 'result';
      readonly requestId: string;
      readonly result: unknown;
      readonly memoryBytes: number;
    }
  | {
      readonly type: 'error';
      readonly requestId: string;
      readonly error: InvocationError;
      readonly memoryBytes: number;
    };

/** As Lambda reports it. */
export interface InvocationError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}
