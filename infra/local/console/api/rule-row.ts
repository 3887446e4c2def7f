/** Says a rule in sentences made of its data, for a person who wants to know how much is too much. */
import type { CapAction, Rule } from '@trailgate/detectors';
import type { RuleRow } from '../answers.ts';
import { legibleText } from '../live/legible-text.ts';
import { durationText } from './duration-text.ts';

/** Characters of a sentence: rules are short, but anybody may write one. */
const MAX_SENTENCE = 600;

type ConditionTree = Rule['condition'];
type FieldTest = Rule['selections'][number]['fields'][number];

/** `timeScale`: what the stack multiplies the lives of caps with; 1 when left out. */
export function ruleRow(rule: Rule, timeScale = 1): RuleRow {
  return {
    name: legibleText(rule.name),
    title: legibleText(rule.title),
    description: legibleText(rule.description, MAX_SENTENCE),
    level: rule.level,
    status: rule.status,
    condition: legibleText(conditionSentence(rule), MAX_SENTENCE),
    techniques: rule.techniques,
    cap: rule.cap === undefined ? null : legibleText(capSentence(rule.cap, timeScale), MAX_SENTENCE),
    tests: rule.tests.length,
  };
}

function conditionSentence(rule: Rule): string {
  const { correlation } = rule;
  const within = `within ${durationText(correlation.timespanMs)}, by principal`;
  const counted = `where ${treeText(rule.condition, rule)}`;
  if (correlation.type === 'event_count') {
    return `${correlation.gte} or more events ${within}, ${counted}.`;
  }
  const { field, gte, events, perValue, exoneration } = correlation;
  const values = `${gte} or more different values of ${field}`;
  const much = events === undefined ? values : `${events} or more events with ${values}`;
  return [
    `${much} ${within}, ${counted}`,
    ...(perValue === undefined
      ? []
      : [`at least ${percent(perValue.share)} of these values with at most ${perValue.lte} events each`]),
    ...(exoneration === undefined
      ? []
      : [
          `and at least ${percent(exoneration.share)} of all values without an event where ${selectionText(exoneration.selection, rule)}`,
        ]),
  ]
    .join(', ')
    .concat('.');
}

function treeText(tree: ConditionTree, rule: Rule): string {
  switch (tree.is) {
    case 'selection':
      return selectionText(tree.name, rule);
    case 'not':
      return `not (${treeText(tree.of, rule)})`;
    case 'and':
    case 'or':
      return [tree.left, tree.right].map((side) => sideText(side, tree.is, rule)).join(` ${tree.is} `);
  }
}

/** In parentheses where it would read as belonging to its neighbour. */
function sideText(side: ConditionTree, within: 'and' | 'or', rule: Rule): string {
  const text = treeText(side, rule);
  return (side.is === 'and' || side.is === 'or') && side.is !== within ? `(${text})` : text;
}

function selectionText(name: string, { selections }: Rule): string {
  const fields = selections.find((selection) => selection.name === name)?.fields ?? [];
  return fields.map(fieldText).join(' and ');
}

const VERBS: Readonly<Record<FieldTest['modifier'], string>> = {
  equals: 'is',
  startswith: 'starts with',
  endswith: 'ends with',
  contains: 'contains',
};

function fieldText({ field, modifier, values }: FieldTest): string {
  return `${field} ${VERBS[modifier]} ${values.join(' or ')}`;
}

function capSentence({ cls, rate, burst, holdMs, endMs, floor, mode }: CapAction, timeScale: number): string {
  const routes = cls === '*' ? 'all routes' : `routes of class ${cls}`;
  const [hold, end] = [holdMs, endMs].map((ms) => durationText(ms * timeScale));
  const shadow = mode === 'shadow' ? ' In shadow mode: nobody is refused.' : '';
  return [
    `${rate} requests/s (${burst} at once) on ${routes}, held for ${hold}, back to full service after ${end}.`,
    `Each further strike halves the rate, to no less than ${floor}/s, and doubles the time.${shadow}`,
  ].join(' ');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
