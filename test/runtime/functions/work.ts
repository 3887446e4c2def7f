/** What an event asks a function to do. */
export interface Work {
  readonly work: 'answer' | 'fail' | 'burst';
  /** Write to the console first. */
  readonly noisy?: boolean;
}
