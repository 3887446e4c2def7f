import { describe, expect, test } from 'vitest';
import { parseXrayHeader } from './xray.ts';

const TRACE = '5759e988bd862e3fe1be46a994272793';
const ROOT = 'Root=1-5759e988-bd862e3fe1be46a994272793';
const PARENT = 'Parent=53995c3f42cd8ad8';

describe('X-Amzn-Trace-Id', () => {
  test.each([
    [ROOT, undefined],
    [`Self=1-00000001-${'a'.repeat(24)};${ROOT}`, undefined],
    [`${ROOT};${PARENT};Sampled=1`, '53995c3f42cd8ad8'],
    [`Sampled=?;${PARENT}; ${ROOT};Lineage=1:a87bd80c:0`, '53995c3f42cd8ad8'],
    [`Lineage=25:af50d4d0:0;${PARENT};${ROOT}`, '53995c3f42cd8ad8'],
    [`${ROOT};Parent=0000000000000000;Sampled=0`, undefined],
    [`${ROOT};Parent=nonsense`, undefined],
    [`${ROOT.toUpperCase().replace('ROOT', 'Root')};${PARENT}`, '53995c3f42cd8ad8'],
  ])('gives root and parent in any order: %s', (header, parentSpanId) => {
    expect(parseXrayHeader(header)).toEqual({ traceId: TRACE, parentSpanId });
  });

  test.each([
    undefined,
    '',
    'Root=2-5759e988-bd862e3fe1be46a994272793',
    'XRoot=1-5759e988-bd862e3fe1be46a994272793',
    `${ROOT}0`,
    `Root=1-00000000-${'0'.repeat(24)}`,
    `${ROOT};${'x'.repeat(8000)}`,
  ])('is as if it had not come when it is not valid: %s', (header) => {
    expect(parseXrayHeader(header)).toBeUndefined();
  });
});
