/** Carries the attribute beside the body of a message, where SQS and SNS have room for it. */
import { CARRIER_NAME } from '../../correlation/carrier.ts';
import { byteSize } from './byte-size.ts';
import { type Fields, isPlain, withMember } from './plain-object.ts';

/** SQS quota; SNS drops messages with more on their way to a queue with raw delivery. */
const MAX_ATTRIBUTES = 10;
const MEMBER = 'MessageAttributes';

export function placeAttribute(message: Fields, carrier: string): Fields | undefined {
  const given = message[MEMBER] ?? {};
  if (!isPlain(given) || CARRIER_NAME in given) return undefined;
  if (Object.keys(given).length >= MAX_ATTRIBUTES) return undefined;
  const attribute = { DataType: 'String', StringValue: carrier };
  return withMember(message, MEMBER, withMember(given, CARRIER_NAME, attribute));
}

/** Names, types and values all count toward the size of a message. */
export function attributesSize(message: Fields): number {
  const given = message[MEMBER];
  if (!isPlain(given)) return 0;
  let bytes = 0;
  for (const [name, attribute] of Object.entries(given)) {
    bytes += byteSize(name);
    if (!isPlain(attribute)) continue;
    bytes += byteSize(attribute.DataType) + byteSize(attribute.StringValue) + byteSize(attribute.BinaryValue);
  }
  return bytes;
}
