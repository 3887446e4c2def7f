/** Says in a sentence what a line of a request tells of a decision: why it was kept, that it was limited, denied or let through. */
import { countOf, fieldAt, textAt } from '../live/document-field.ts';
import { legibleText } from '../live/legible-text.ts';

type Json = Readonly<Record<string, unknown>>;

const KEPT: Readonly<Record<string, string>> = {
  error: 'Kept: it failed.',
  slow: 'Kept: it was slow.',
  timeout: 'Kept: it was about to time out.',
  upstream: 'Kept: the service that called had kept it.',
};
const LIMITED = 'excess_rate_limit_exceeded';

/** Empty for a line that decided nothing. */
export function decisionOf(fields: Json): string {
  return legibleText(refusal(fields) || kept(fields) || raised(fields));
}

function refusal(fields: Json): string {
  const action = textAt(fields, 'event.action');
  if (action === '' || fieldAt(fields, 'event.kind') === 'alert') return '';
  const type = fieldAt(fields, 'event.type');
  const isDenied = type === 'denied' || (Array.isArray(type) && type.includes('denied'));
  if (action === LIMITED) return sentence('Limited', fields, '');
  if (isDenied) return sentence('Denied', fields, action);
  switch (fieldAt(fields, 'event.outcome')) {
    case 'failure':
      return sentence('Failed', fields, action);
    case 'success':
      return sentence('Allowed', fields, action);
    default:
      return '';
  }
}

function sentence(decided: string, fields: Json, action: string): string {
  const why = textAt(fields, 'event.reason');
  const what = [action, why].filter(Boolean).join(', ');
  const count = countOf(fieldAt(fields, 'count')) ?? 1;
  const times = count > 1 ? ` (${count} times)` : '';
  return `${decided}${what === '' ? '' : `: ${what}`}${times}.`;
}

function kept(fields: Json): string {
  const reason = textAt(fields, 'kept');
  if (reason === '') return '';
  if (reason !== 'sampled') {
    return Object.hasOwn(KEPT, reason) ? (KEPT[reason] ?? '') : `Kept: ${reason}.`;
  }
  const weight = countOf(fieldAt(fields, 'trailgate.weight')) ?? 1;
  return weight > 1
    ? `Kept: drawn as a sample, stands for ${Math.round(weight)} like it.`
    : 'Kept: drawn as a sample.';
}

function raised(fields: Json): string {
  const from = textAt(fields, 'raised_from');
  return from === '' ? '' : `Detail of level ${from}, raised so that the platform lets it through.`;
}
