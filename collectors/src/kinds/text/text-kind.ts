/** Any line that no other kind knows: a business document with the text as its message. */
import type { Kind } from '../kind.ts';

export const textKind: Kind<string> = {
  name: 'text',
  recognise: (line) => ({ is: 'recognised', reading: line.text }),
  toDocument: (text, line) => ({
    channel: 'business',
    time: line.time,
    body: { message: text, event: { kind: 'event', dataset: 'text' } },
  }),
  toSignals: () => [],
};
