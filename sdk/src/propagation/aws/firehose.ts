/** Records to Firehose carry the attribute as a member of `Data`, where that is a JSON object. */
import { byteSize } from './byte-size.ts';
import { addTo, addToEach, type Channel } from './channel.ts';
import { placeMember } from './json-payload.ts';
import { type Fields, isPlain, withMember } from './plain-object.ts';

const CHANNEL: Channel = {
  measure: ({ Data }) => byteSize(Data),
  place(record, carrier) {
    const data = placeMember(record.Data, carrier);
    return data === undefined ? undefined : withMember(record, 'Data', data);
  },
  /** 1,000 KiB before base64 encoding (Firehose quotas). */
  ceilings: [1_024_000],
  /** `PutRecordBatch`; the quota is written as 4 MB and as 4 MiB. */
  totalCeilings: [4_000_000, 4_194_304],
};

export function putFirehoseRecord(input: Fields, carrier: string): Fields {
  if (!isPlain(input.Record)) return input;
  const record = addTo(input.Record, carrier, CHANNEL);
  return record === input.Record ? input : withMember(input, 'Record', record);
}

export function putRecordBatch(input: Fields, carrier: string): Fields {
  return addToEach(input, 'Records', carrier, CHANNEL);
}
