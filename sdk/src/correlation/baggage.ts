/** Hands the W3C `baggage` header on: nothing of it is read, logged or changed. */

/** W3C Baggage §3.3.2: what must be propagated; more is not. */
const MAX_MEMBERS = 64;
const MAX_BYTES = 8192;
/** Longer headers are not looked at. */
const MAX_READ_CHARS = 4 * MAX_BYTES;
/** `key=value;property=value`, §3.2.1; visible ASCII only, so that it can be sent as a header again. */
const MEMBER = /^[\w!#$%&'*+\-.^`|~]+[\t ]*=[\x20\x21\x23-\x2b\x2d-\x5b\x5d-\x7e\t]*$/;

/** Members in their order, broken ones left out, as many as fit; undefined when there are none. */
export function passedBaggage(header: string): string | undefined {
  if (header === '' || header.length > MAX_READ_CHARS) return undefined;
  let passed = '';
  let members = 0;
  for (const part of header.split(',')) {
    const member = part.trim();
    if (!MEMBER.test(member)) continue;
    if (members === MAX_MEMBERS || passed.length + 1 + member.length > MAX_BYTES) break;
    passed = passed === '' ? member : `${passed},${member}`;
    members += 1;
  }
  return passed === '' ? undefined : passed;
}
