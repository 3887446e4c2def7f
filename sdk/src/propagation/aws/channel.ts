/** Puts the attribute into one message or into each message of a batch, within the limits of the service. */
import { mayGrow } from './ceiling.ts';
import { type Fields, isPlain, withMember } from './plain-object.ts';

/** How one service carries the attribute. */
export interface Channel {
  /** Bytes of the message as the service counts them. */
  readonly measure: (message: Fields) => number;
  /** A copy that carries the attribute; undefined when there is no place for it. */
  readonly place: (message: Fields, carrier: string) => Fields | undefined;
  /** Limits of one message, bytes. */
  readonly ceilings: readonly number[];
  /** Limits of a batch, bytes. */
  readonly totalCeilings: readonly number[];
}

/** Gives back the message itself when nothing was added. */
export function addTo(message: Fields, carrier: string, channel: Channel): Fields {
  return placed(message, carrier, channel)?.message ?? message;
}

/** The same for each entry of the list `member`; entries that have no room go out as they are. */
export function addToEach(input: Fields, member: string, carrier: string, channel: Channel): Fields {
  const given = input[member];
  if (!Array.isArray(given)) return input;
  const entries: readonly unknown[] = given;
  let total = 0;
  for (const entry of entries) if (isPlain(entry)) total += channel.measure(entry);
  let changed = false;
  const messages = entries.map((entry) => {
    if (!isPlain(entry)) return entry;
    const grown = placed(entry, carrier, channel);
    if (grown === undefined || !mayGrow(total, total + grown.bytes, channel.totalCeilings)) return entry;
    total += grown.bytes;
    changed = true;
    return grown.message;
  });
  return changed ? withMember(input, member, messages) : input;
}

/** `bytes` is by how much the message grew. */
function placed(
  message: Fields,
  carrier: string,
  { measure, place, ceilings }: Channel,
): { readonly message: Fields; readonly bytes: number } | undefined {
  const changed = place(message, carrier);
  if (changed === undefined) return undefined;
  const before = measure(message);
  const after = measure(changed);
  return mayGrow(before, after, ceilings) ? { message: changed, bytes: after - before } : undefined;
}
