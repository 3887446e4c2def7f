/** An operator's decision as it is typed: what is wrong with it, what it will do, and the order it becomes. */
import type { CapOrder, Decision } from '../../../answers.ts';

export interface CapDraft {
  readonly tenant: string;
  readonly client: string;
  readonly decision: Decision;
  readonly rate: string;
  readonly minutes: string;
  readonly why: string;
}

export type DraftField = Exclude<keyof CapDraft, 'decision'>;
export type Problems = Readonly<Partial<Record<DraftField, string>>>;

const MAX_MINUTES = 1_440;
const FIELDS: readonly DraftField[] = ['tenant', 'client', 'rate', 'minutes', 'why'];

/** The order, or what is wrong with each field. */
export function orderOf(draft: CapDraft): { readonly order: CapOrder } | { readonly problems: Problems } {
  const { decision } = draft;
  const [tenant, client, why] = [draft.tenant.trim(), draft.client.trim(), draft.why.trim()];
  const rate = numberOf(draft.rate);
  const minutes = numberOf(draft.minutes);
  const problems: Problems = {
    ...(tenant === '' ? { tenant: 'Say whose client it is.' } : {}),
    ...(client === '' ? { client: 'Say who, as findings and caps name clients.' } : {}),
    ...(decision === 'set' && !(rate > 0) ? { rate: 'Say a number of requests a second above 0.' } : {}),
    ...(decision !== 'withdraw' && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_MINUTES)
      ? { minutes: 'Say a whole number of minutes from 1 to 1440.' }
      : {}),
    ...(why === '' ? { why: 'Say why: it is kept with the decision.' } : {}),
  };
  if (Object.keys(problems).length > 0) return { problems };
  return {
    order: {
      tenant,
      client,
      decision,
      why,
      ...(decision === 'set' ? { rate } : {}),
      ...(decision === 'withdraw' ? {} : { minutes }),
    },
  };
}

/** What the decision will do, as a sentence. */
export function consequenceOf({ client, decision, rate, minutes }: CapDraft): string {
  const who = client.trim() || 'the client';
  const time = `for ${minutes.trim() || '…'} ${minutes.trim() === '1' ? 'minute' : 'minutes'}`;
  switch (decision) {
    case 'allow':
      return `${who} is served as if nobody had capped it, ${time}, whatever detectors find.`;
    case 'set':
      return `${who} is held to ${rate.trim() || '…'} requests a second on all routes ${time}, whatever detectors find.`;
    case 'block':
      return `Every request of ${who} is refused ${time}.`;
    case 'withdraw':
      return `The operator’s decision about ${who} is taken back, and the detectors’ caps hold again.`;
  }
}

/** The field that an answer's message begins with, as in `rate: expected …`. */
export function fieldOf(message: string): DraftField | undefined {
  return FIELDS.find((field) => message.startsWith(`${field}:`));
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
