/** Records to Kinesis carry the attribute as a member of `Data`, where that is a JSON object. */
import { byteSize } from './byte-size.ts';
import { addTo, addToEach, type Channel } from './channel.ts';
import { placeMember } from './json-payload.ts';
import { type Fields, withMember } from './plain-object.ts';

const CHANNEL: Channel = {
  measure: ({ Data, PartitionKey }) => byteSize(Data) + byteSize(PartitionKey),
  place(record, carrier) {
    const data = placeMember(record.Data, carrier);
    return data === undefined ? undefined : withMember(record, 'Data', data);
  },
  /** Default of a stream, and the largest it can be set to (`UpdateMaxRecordSize`). */
  ceilings: [1_048_576, 10_485_760],
  /** `PutRecords` before 2025-10 and since. */
  totalCeilings: [5_242_880, 10_485_760],
};

export function putRecord(input: Fields, carrier: string): Fields {
  return addTo(input, carrier, CHANNEL);
}

export function putRecords(input: Fields, carrier: string): Fields {
  return addToEach(input, 'Records', carrier, CHANNEL);
}
