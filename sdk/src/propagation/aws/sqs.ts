/** Messages to SQS carry the attribute in `MessageAttributes`. */
import { byteSize } from './byte-size.ts';
import { addTo, addToEach, type Channel } from './channel.ts';
import { attributesSize, placeAttribute } from './message-attributes.ts';
import type { Fields } from './plain-object.ts';

/** Default `MaximumMessageSize` of queues made before 2025-08, and the quota since (SQS developer guide, message quotas). */
const CEILINGS = [262_144, 1_048_576];

const CHANNEL: Channel = {
  measure: (message) => byteSize(message.MessageBody) + attributesSize(message),
  place: placeAttribute,
  ceilings: CEILINGS,
  totalCeilings: CEILINGS,
};

export function sendMessage(input: Fields, carrier: string): Fields {
  return addTo(input, carrier, CHANNEL);
}

export function sendMessageBatch(input: Fields, carrier: string): Fields {
  return addToEach(input, 'Entries', carrier, CHANNEL);
}
