export { lastEnd, UnreadableItemError } from './cap-codec.ts';
export {
  type ActiveCaps,
  activeCaps,
  type CapCut,
  type CutOutcome,
  type LimitsTables,
  writeCap,
} from './cap-write.ts';
export { type OperatorDecision, writeMode, writeOperatorCap } from './operator-write.ts';
export { writeSampling } from './sampling-write.ts';
export {
  bucketsTable,
  type IndexedTableDefinition,
  limitsTable,
  type TableDefinition,
  TTL_ATTRIBUTE,
} from './tables.ts';
