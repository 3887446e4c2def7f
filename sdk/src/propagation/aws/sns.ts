/** Messages to SNS topics carry the attribute in `MessageAttributes`. */
import { byteSize } from './byte-size.ts';
import { addTo, addToEach, type Channel } from './channel.ts';
import { attributesSize, placeAttribute } from './message-attributes.ts';
import type { Fields } from './plain-object.ts';

/** Default `MaximumMessageSize` of a topic, and the largest it can be set to (SNS, "Publishing large messages"). */
const CEILINGS = [262_144, 1_048_576];

const CHANNEL: Channel = {
  measure: (message) => byteSize(message.Message) + byteSize(message.Subject) + attributesSize(message),
  place: placeAttribute,
  ceilings: CEILINGS,
  totalCeilings: CEILINGS,
};

export function publish(input: Fields, carrier: string): Fields {
  // Nobody reads attributes of a text message to a telephone.
  return input.PhoneNumber === undefined ? addTo(input, carrier, CHANNEL) : input;
}

export function publishBatch(input: Fields, carrier: string): Fields {
  return addToEach(input, 'PublishBatchRequestEntries', carrier, CHANNEL);
}
