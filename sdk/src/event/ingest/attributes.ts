/** Reads the ids that ride in a message's attributes: SQS and SNS. */
import { CARRIER_NAME, takeCarrier } from '../../correlation/carrier.ts';
import type { HeaderDraft } from '../../correlation/correlation-headers.ts';
import { field, textField } from '../field.ts';
import { trustedNames } from '../header-names.ts';
import { DATADOG_NAME, takeLater, takeNested } from './payload.ts';

/** SQS and SNS allow ten where they are raw, and any number otherwise. */
const MAX_ATTRIBUTES = 50;
const MAX_VALUE_CHARS = 8192;

export function takeAttributes(attributes: unknown, draft: HeaderDraft): void {
  if (typeof attributes !== 'object' || attributes === null) return;
  const plain: HeaderDraft = {};
  let datadog: string | undefined;
  let looked = 0;
  for (const name in attributes) {
    if (++looked > MAX_ATTRIBUTES) break;
    const known = trustedNames(name);
    if (known === undefined && name !== CARRIER_NAME && name !== DATADOG_NAME) continue;
    const value = attributeText(field(attributes, name));
    if (value === undefined) continue;
    if (known !== undefined) plain[known] = value;
    else if (name === CARRIER_NAME) takeCarrier(value, draft);
    else datadog = value;
  }
  takeLater(draft, plain);
  takeNested(datadog, draft);
}

/** `{ stringValue, binaryValue }` in SQS, `{ Type, Value }` in SNS, binary in base64 in both. */
export function attributeText(attribute: unknown): string | undefined {
  const value = textField(attribute, 'Value', MAX_VALUE_CHARS);
  const binary =
    field(attribute, 'Type') === 'Binary' ? value : textField(attribute, 'binaryValue', MAX_VALUE_CHARS);
  return (
    textField(attribute, 'stringValue', MAX_VALUE_CHARS) ??
    (binary === undefined ? value : Buffer.from(binary, 'base64').toString('latin1'))
  );
}
