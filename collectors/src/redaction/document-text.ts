/** Writes a document, or an SDK record, as JSON text without secrets; what verification and joins rest on stays as it is. */
import { MACHINE_KEY } from '@trailgate/sdk/wire';
import { identityText, roleText } from './identity.ts';
import { WrittenJson } from './json-redaction.ts';
import type { LineRedaction } from './line-redaction.ts';
import { trustedRollup } from './trusted-rollup.ts';

export type Members = Readonly<Record<string, unknown>>;

/** Stamped by the collector, or of the head, which `readHead` has checked to the byte. */
const STAMPED = ['@timestamp', 'cloud', 'aws', MACHINE_KEY];
const HASH = /^[0-9a-f]{64}$/;
/** A span id (W3C trace context): a few in a million would pass for a card or an account number. */
const SPAN = /^[0-9a-f]{16}$/;
/** An action of the OWASP vocabulary. */
const ACTION = /^[a-z]+(?:_[a-z]+)+$/;

/**
 * JSON text of the members of one document. Kept as they are: what the collector stamped, the machine part, the links of the
 * trail's chain with what the SDK hashes into them, and the numbers of a rollup.
 * @throws RangeError for one that is nested deeper than the stack
 */
export function documentText(document: Members, redaction: LineRedaction): string {
  if (redaction.holdsNothingSecret(document)) return JSON.stringify(document);
  return redaction.written(trusted(document, redaction));
}

/** A copy whose members with a rule of their own are written already. */
function trusted(document: Members, redaction: LineRedaction): Members {
  const copy: Record<string, unknown> = { ...document };
  for (const name of STAMPED) if (Object.hasOwn(copy, name)) copy[name] = asItIs(copy[name]);
  for (const name of ['principal', 'tenant']) {
    if (typeof copy[name] === 'string') copy[name] = json(identityText(name, copy[name], redaction));
  }
  if (isMembers(copy.user)) copy.user = trustedUser(copy.user, redaction);
  if (isMembers(copy.rollup)) copy.rollup = trustedRollup(copy.rollup, redaction);
  const message = toldMessage(document, redaction);
  if (message !== undefined) copy.message = json(message);
  if (isMembers(copy.chain)) {
    copy.chain = trustedChain(copy.chain, redaction);
    if (SPAN.test(String(copy.span_id))) copy.span_id = asItIs(copy.span_id);
    if (isMembers(copy.fields)) copy.fields = foldedNames(copy.fields, redaction);
  }
  return copy;
}

function trustedUser(user: Members, redaction: LineRedaction): Members {
  const copy: Record<string, unknown> = { ...user };
  if (typeof copy.id === 'string') copy.id = json(identityText('user.id', copy.id, redaction));
  if (Array.isArray(copy.roles)) {
    copy.roles = copy.roles.map((role: unknown) =>
      typeof role === 'string' ? json(roleText(role, redaction)) : role,
    );
  }
  return copy;
}

/** `authn_token_created: rotated` is the action and its reason, not a token. */
function toldMessage({ message, event }: Members, redaction: LineRedaction): string | undefined {
  if (!isMembers(event)) return undefined;
  const { action, reason } = event;
  if (typeof action !== 'string' || typeof reason !== 'string' || !ACTION.test(action)) return undefined;
  return message === `${action}: ${reason}` ? `${action}: ${redaction.text(reason)}` : undefined;
}

function trustedChain(chain: Members, redaction: LineRedaction): Members {
  const copy: Record<string, unknown> = { ...chain };
  for (const name of ['prev', 'hash']) if (HASH.test(String(copy[name]))) copy[name] = asItIs(copy[name]);
  if (typeof copy.key === 'string') copy.key = json(keyIdText(copy.key, redaction));
  return copy;
}

/** The ARN of a secret, with its version behind it, names a secret and holds none. */
function keyIdText(id: string, redaction: LineRedaction): string {
  return redaction.isClean(id.replaceAll(':', '/')) ? id : redaction.text(id);
}

/** Whom a folded event stands for. */
function foldedNames(fields: Members, redaction: LineRedaction): Members {
  const copy: Record<string, unknown> = { ...fields };
  for (const [name, of] of [
    ['users', 'user.id'],
    ['principals', 'principal'],
  ] as const) {
    const names = copy[name];
    if (Array.isArray(names) && names.every((one) => typeof one === 'string')) {
      copy[name] = asItIs(names.map((one) => identityText(of, one, redaction)));
    }
  }
  return copy;
}

function asItIs(value: unknown): WrittenJson {
  return new WrittenJson(JSON.stringify(value) ?? 'null');
}

function json(text: string): WrittenJson {
  return new WrittenJson(JSON.stringify(text));
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
