import { expect, test } from 'vitest';
import { visibleJson } from './visible-json.ts';

test('characters that hide or turn text are escaped, and the document stays the same', () => {
  const document = { user: 'eve\u202eexe\u200b', note: 'line\nbreak', ok: 'ünïcode 🙂' };
  const json = JSON.stringify(document, null, 2);
  const shown = visibleJson(json);
  expect(shown).toContain('eve\\u202eexe\\u200b');
  expect(shown.split('\n')).toHaveLength(5);
  expect(JSON.parse(shown)).toEqual(document);
});
