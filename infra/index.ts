export type { ScenarioOutcome } from './scenarios/outcome.ts';
