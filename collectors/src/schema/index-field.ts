/** What a field of an index is declared as. */

/** `stored` is kept and shown but neither searched nor checked; `flat_object` takes any JSON object. */
export type FieldType =
  | 'keyword'
  | 'text'
  | 'date'
  | 'long'
  | 'double'
  | 'boolean'
  | 'ip'
  | 'flat_object'
  | 'stored';

export type IndexField =
  | { readonly name: string; readonly type: FieldType }
  /** Another name for the field at `path`; never in a document. */
  | { readonly name: string; readonly type: 'alias'; readonly path: string };
