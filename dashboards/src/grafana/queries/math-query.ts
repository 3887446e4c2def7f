/** An expression over the other queries of a panel or rule, worked out by Grafana itself: series meet by their labels. */
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { TypeMathBuilder } from '@grafana/grafana-foundation-sdk/expr';

/** Built into Grafana, so no variable stands for it. */
export const EXPRESSION_SOURCE = { type: '__expr__', uid: '__expr__' } as const;

export function mathQuery(refId: string, expression: string): Builder<Dataquery> {
  return new TypeMathBuilder().refId(refId).datasource(EXPRESSION_SOURCE).expression(expression);
}
