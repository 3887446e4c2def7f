/** What the running of functions costs, from time and invocations: prices and memory are the reader's. */
import type { TextBoxVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { LIST_PRICES } from '../list-prices.ts';
import { variableValue } from '../queries/variable-reference.ts';
import { numberVariable } from './variables.ts';

export function functionPriceVariables(usualMemoryMb: number): readonly TextBoxVariableBuilder[] {
  return [
    numberVariable('memory', 'Memory of a function, MB', usualMemoryMb),
    numberVariable('gb_second', 'USD a GB second', LIST_PRICES['lambda.gbSecond'].usd),
    numberVariable('million_requests', 'USD a million requests', LIST_PRICES['lambda.requests'].usd),
  ];
}

/** USD, as an expression over a query of milliseconds and one of invocations, by their refIds. */
export function functionCost(milliseconds: string, invocations: string): string {
  const time = `$${milliseconds} / 1000 * ${variableValue('memory')} / 1024 * ${variableValue('gb_second')}`;
  return `${time} + $${invocations} * ${variableValue('million_requests')} / 1000000`;
}
