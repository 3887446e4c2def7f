/** Any line that no other kind knows: a business document with the text as its message. */
import type { Kind } from '../kind.ts';
import { textLevel } from './text-level.ts';

export const textKind: Kind<string> = {
  name: 'text',
  recognise: (line) => ({ is: 'recognised', reading: line.text }),
  toDocument(text, line) {
    const level = textLevel(text);
    return {
      channel: 'business',
      time: line.time,
      body: {
        ...(level === undefined ? {} : { level }),
        message: text,
        event: { kind: 'event', dataset: 'text' },
      },
    };
  },
  toSignals: () => [],
};
