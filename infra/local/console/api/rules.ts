/** `GET /api/rules`: the rules in force, as sentences. */
import type { RulesAnswer } from '../answers.ts';
import type { ApiRoute } from './api-route.ts';
import { ruleRow } from './rule-row.ts';

export const RULES: ApiRoute = {
  method: 'GET',
  path: '/api/rules',
  answer: async (_, { rules, capTimeScale }): Promise<RulesAnswer> => ({
    rules: rules.map((rule) => ruleRow(rule, capTimeScale)),
  }),
};
