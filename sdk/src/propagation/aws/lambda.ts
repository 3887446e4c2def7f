/** Invocations of other functions carry the attribute in `ClientContext`, under `custom`. */
import { CARRIER_NAME } from '../../correlation/carrier.ts';
import { parsedObject } from './json-payload.ts';
import { type Fields, isPlain, withMember } from './plain-object.ts';

/** Of base64 (Lambda API reference, Invoke, `X-Amz-Client-Context`). */
const MAX_CONTEXT_BYTES = 3583;

/** The payload is never touched. What the caller put into the context stays; what does not fit is left out. */
export function invoke(input: Fields, carrier: string): Fields {
  const context = contextWith(input.ClientContext ?? '', carrier);
  if (context === undefined) return input;
  const encoded = Buffer.from(context).toString('base64');
  return encoded.length > MAX_CONTEXT_BYTES ? input : withMember(input, 'ClientContext', encoded);
}

function contextWith(given: unknown, carrier: string): string | undefined {
  if (given === '') return JSON.stringify({ custom: { [CARRIER_NAME]: carrier } });
  if (typeof given !== 'string' || given.length > MAX_CONTEXT_BYTES) return undefined;
  const text = Buffer.from(given, 'base64').toString('utf8');
  const context = parsedObject(text);
  // What would not be written back as it came (a number beyond a double, say) is not rewritten.
  if (context === undefined || JSON.stringify(context) !== text) return undefined;
  const custom = Object.hasOwn(context, 'custom') ? context.custom : {};
  if (!isPlain(custom) || Object.hasOwn(custom, CARRIER_NAME)) return undefined;
  return JSON.stringify(withMember(context, 'custom', withMember(custom, CARRIER_NAME, carrier)));
}
