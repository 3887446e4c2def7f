/** Fills the variables of a dashboard into its queries as Grafana does: one value as it is, several as alternatives. */
import type { grafanaDashboards } from '../../../dashboards/src/grafana/grafana-dashboards.ts';
import type { TimeRange } from './attacked-index.ts';

export type VariableModel = NonNullable<
  ReturnType<typeof grafanaDashboards>[number]['templating']['list']
>[number];

/** By name; several where all are chosen. */
export type Chosen = Readonly<Record<string, string | readonly string[]>>;

/** `$name`, `${name}`, `${name:format}`. */
const REFERENCE = /\$(?:\{(\w+)(?::[\w:]+)?\}|(\w+))/g;
const LUCENE_SPECIAL = /([!*+\-=<>\s&|()[\]{}^~?:\\/"])/g;

/** In Lucene's language. Leaves what is neither a variable of the dashboard nor the range that is shown. */
export function filled(text: string, chosen: Chosen, { from, to }: TimeRange): string {
  return text
    .replaceAll(`\${__from:date:iso}`, new Date(from).toISOString())
    .replaceAll(`\${__to:date:iso}`, new Date(to).toISOString())
    .replace(REFERENCE, (reference, braced?: string, plain?: string) => {
      const value = chosen[braced ?? plain ?? ''];
      if (value === undefined) return reference;
      if (typeof value === 'string') return escaped(value);
      if (value.length === 0) return '__empty__';
      return `(${value.map((one) => `"${escaped(one)}"`).join(' OR ')})`;
    });
}

/** Of a dimension, for which a variable may stand for several values. */
export function filledList(values: readonly string[], chosen: Chosen): readonly string[] {
  return values.flatMap((text) => {
    const [, braced, plain] = /^\$(?:\{(\w+)(?::\w+)?\}|(\w+))$/.exec(text) ?? [];
    return chosen[braced ?? plain ?? ''] ?? text;
  });
}

function escaped(value: string): string {
  return value.replace(LUCENE_SPECIAL, '\\$1');
}

/** What a reader has chosen who has touched nothing but the fields to type in; variables may stand in those behind them. */
export async function choices(
  variables: readonly VariableModel[],
  typed: Readonly<Record<string, string>>,
  optionsOf: (variable: VariableModel, chosen: Chosen) => Promise<readonly string[]>,
): Promise<Chosen> {
  const chosen: Record<string, string | readonly string[]> = {};
  for (const variable of variables) {
    const { name, type, current, allValue } = variable;
    if (type === 'textbox') chosen[name] = typed[name] ?? String(current?.value ?? '');
    else if (type === 'query') chosen[name] = allValue ?? (await optionsOf(variable, chosen));
  }
  return chosen;
}
