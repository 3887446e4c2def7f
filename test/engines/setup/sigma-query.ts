/** Reads a Sigma rule as the plugin Security Analytics does, and says it as the search that the plugin's monitor makes. */
import { parse } from 'yaml';

export interface SigmaSearch {
  readonly query: object;
  readonly aggregations: object;
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** Its grammar (`Aggregation.g4`); names such as `count` are words of it and no fields. */
const AGGREGATION =
  /^(count|sum|min|max|avg)\((\*|[a-zA-Z_.][\w.]*)\) by ([a-zA-Z_.][\w.]*) (>=?|<=?|==) (-?\d+)$/;
const WORDS = ['count', 'sum', 'min', 'max', 'avg', 'by'];

/** @param end epoch milliseconds of the run */
export function sigmaSearch(text: string, end: number): SigmaSearch {
  const rule = parse(text) as {
    readonly detection: Readonly<Record<string, Fields>> & {
      readonly condition: string;
      readonly timeframe: string;
    };
  };
  const { condition, timeframe, ...selections } = rule.detection;
  const [search = '', counted = '', ...more] = condition.split(' | ');
  const [, what, field, by = '', operator, threshold] = AGGREGATION.exec(counted) ?? [];
  if (what !== 'count' || field !== '*' || WORDS.includes(by) || more.length > 0) {
    throw new SyntaxError(`condition: expected a count of documents, got ${condition}`);
  }
  const query = search.replace(/\w+/g, (word) =>
    ['and', 'or', 'not'].includes(word) ? word.toUpperCase() : selectionQuery(selections, word),
  );
  const script = { source: `params._cnt ${operator} ${threshold}.0`, lang: 'painless' };
  return {
    query: {
      bool: {
        must: [
          { query_string: { query } },
          { range: { timestamp: { gt: `${end}||-${timeframe}`, lte: `${end}`, format: 'epoch_millis' } } },
        ],
      },
    },
    aggregations: {
      result_agg: {
        terms: { field: by },
        aggregations: { fires: { bucket_selector: { buckets_path: { _cnt: '_count' }, script } } },
      },
    },
  };
}

function selectionQuery(selections: Readonly<Record<string, Fields>>, name: string): string {
  const fields = selections[name];
  if (fields === undefined) throw new SyntaxError(`condition: expected a selection, got ${name}`);
  const tests = Object.entries(fields).map(([key, values]) => {
    const [field = '', modifier] = key.split('|');
    const list = typeof values === 'string' ? [values] : values;
    return `(${list.map((value) => `${field}: ${valueQuery(value, modifier)}`).join(' OR ')})`;
  });
  return `(${tests.join(' AND ')})`;
}

function valueQuery(value: string, modifier: string | undefined): string {
  const part = value.replace(/[/:+\-=><!(){}[\]^"~&|]/g, '\\$&');
  switch (modifier) {
    case undefined:
      return `"${value}"`;
    case 'startswith':
      return `${part}*`;
    case 'endswith':
      return `*${part}`;
    case 'contains':
      return `*${part}*`;
    default:
      throw new SyntaxError(`modifier: expected startswith, endswith or contains, got ${modifier}`);
  }
}
