/** A Sigma rule in the older form that the plugin Security Analytics reads: one search, then a count of its documents. */

export interface SigmaDocument {
  readonly title: string;
  /** UUID. */
  readonly id: string;
  readonly description: string;
  readonly author: string;
  /** `yyyy/mm/dd`; the plugin cannot do without one. */
  readonly date: string;
  readonly status: 'experimental' | 'test' | 'stable';
  readonly level: 'informational' | 'low' | 'medium' | 'high' | 'critical';
  readonly logsource: { readonly product: string };
  readonly tags: readonly string[];
  readonly falsepositives: readonly string[];
  readonly detection: SigmaDetection;
}

/** Selections by name, values by field with its modifier. */
export interface SigmaDetection {
  readonly selections: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** Over the selections' names, then `| count(*) by <field> > <number>`. */
  readonly condition: string;
  readonly timeframe: string;
}

/** As YAML, texts in double quotes, which JSON and YAML write alike. */
export function sigmaText(document: SigmaDocument): string {
  const { detection, logsource, tags, falsepositives, ...texts } = document;
  const { selections, condition, timeframe } = detection;
  return [
    ...Object.entries(texts).map(([key, value]) => `${key}: ${quoted(value)}`),
    'logsource:',
    `  product: ${quoted(logsource.product)}`,
    ...list('tags', tags),
    ...list('falsepositives', falsepositives),
    'detection:',
    ...Object.entries(selections).flatMap(([name, fields]) => [
      `  ${name}:`,
      ...Object.entries(fields).map(([field, value]) => `    ${field}: ${scalarOrList(value)}`),
    ]),
    `  timeframe: ${timeframe}`,
    `  condition: ${quoted(condition)}`,
    '',
  ].join('\n');
}

function list(key: string, values: readonly string[]): readonly string[] {
  return values.length === 0 ? [`${key}: []`] : [`${key}:`, ...values.map((value) => `  - ${quoted(value)}`)];
}

function scalarOrList(value: string | readonly string[]): string {
  return typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
