/** Reads the ids that ride in a message's attributes: SQS, SNS and Kafka. */
import { CARRIER_NAME, takeCarrier } from '../../correlation/carrier.ts';
import type { HeaderDraft } from '../../correlation/correlation-headers.ts';
import { field, textField } from '../field.ts';
import { trustedNames } from '../header-names.ts';
import { DATADOG_NAME, takeDatadog, takeLater } from './payload.ts';

/** SQS and SNS allow ten; Kafka any number. */
const MAX_ATTRIBUTES = 50;
const MAX_VALUE_CHARS = 8192;

/** `textOf` reads one attribute's text. */
export function takeAttributes(
  attributes: unknown,
  textOf: (attribute: unknown) => string | undefined,
  draft: HeaderDraft,
): void {
  if (typeof attributes !== 'object' || attributes === null) return;
  const plain: HeaderDraft = {};
  let datadog: string | undefined;
  let looked = 0;
  for (const name in attributes) {
    if (++looked > MAX_ATTRIBUTES) break;
    if (name === CARRIER_NAME) {
      takeCarrier(textOf(field(attributes, name)), draft);
    } else if (name === DATADOG_NAME) {
      datadog = textOf(field(attributes, name));
    } else {
      const known = trustedNames(name);
      const value = known === undefined ? undefined : textOf(field(attributes, name));
      if (known !== undefined && value !== undefined) plain[known] = value;
    }
  }
  takeLater(draft, plain);
  if (datadog !== undefined) takeDatadog(datadog, draft);
}

/** `{ stringValue, binaryValue, dataType }`; binary is base64. */
export function sqsValue(attribute: unknown): string | undefined {
  return (
    textField(attribute, 'stringValue', MAX_VALUE_CHARS) ??
    decoded(textField(attribute, 'binaryValue', MAX_VALUE_CHARS))
  );
}

/** `{ Type, Value }`; binary is base64. */
export function snsValue(attribute: unknown): string | undefined {
  const value = textField(attribute, 'Value', MAX_VALUE_CHARS);
  return field(attribute, 'Type') === 'Binary' ? decoded(value) : value;
}

function decoded(base64: string | undefined): string | undefined {
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('latin1');
}
