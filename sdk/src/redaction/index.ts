export type { RedactionOptions } from './options.ts';
export type { Redaction } from './redaction.ts';
export type { NamedPattern } from './user-patterns.ts';
export { redactionRules } from './user-rules.ts';
