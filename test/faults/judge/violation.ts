/** What the judge found: which promise was broken, and by what. */

export type BrokenPromise =
  | 'lost'
  | 'duplicated'
  | 'invented'
  | 'altered'
  | 'misplaced'
  | 'checkpoint past what is not durable'
  | 'not drained'
  | 'trail waited for business'
  | 'signal lost'
  | 'signal counted wrong'
  | 'finding'
  | 'cap'
  | 'metric'
  | 'quarantine'
  | 'account'
  | 'bytes in flight'
  | 'replay';

export interface Violation {
  readonly promise: BrokenPromise;
  readonly what: string;
}
