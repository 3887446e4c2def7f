import { expect, test } from 'vitest';
import { openSearchAddress } from './opensearch-address.ts';

test.each([
  ['http://127.0.0.1:9200', { url: 'http://127.0.0.1:9200/' }],
  ['https://search.example/proxy', { url: 'https://search.example/proxy' }],
  [
    'https://admin:p%40ss@search.example',
    { url: 'https://search.example/', basic: { user: 'admin', password: 'p@ss' } },
  ],
  ['search.example', { url: 'search.example' }],
])('%s', (text, address) => {
  expect(openSearchAddress(text)).toEqual(address);
});
