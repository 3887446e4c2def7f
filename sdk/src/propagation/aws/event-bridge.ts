/** Events to EventBridge carry the attribute as a member of `Detail`. */
import { byteSize } from './byte-size.ts';
import { addToEach, type Channel } from './channel.ts';
import { placeMember } from './json-payload.ts';
import { type Fields, withMember } from './plain-object.ts';

/** The limit until 2026-01 and still in some regions, and the one since; the user guide writes it as 1 MB. */
const CEILINGS = [262_144, 1_000_000, 1_048_576];
/** What `Time` counts for (user guide, "Calculating PutEvents event entry size"). */
const TIME_BYTES = 14;

const CHANNEL: Channel = {
  measure({ Source, DetailType, Detail, Resources, Time }) {
    let bytes = byteSize(Source) + byteSize(DetailType) + byteSize(Detail);
    if (Array.isArray(Resources)) for (const resource of Resources) bytes += byteSize(resource);
    return Time === undefined ? bytes : bytes + TIME_BYTES;
  },
  place(entry, carrier) {
    const detail = placeMember(entry.Detail, carrier);
    return typeof detail === 'string' ? withMember(entry, 'Detail', detail) : undefined;
  },
  ceilings: CEILINGS,
  totalCeilings: CEILINGS,
};

export function putEvents(input: Fields, carrier: string): Fields {
  return addToEach(input, 'Entries', carrier, CHANNEL);
}
