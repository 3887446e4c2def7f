import { describe, expect, test } from 'vitest';
import { trailLine } from '../../testing/sdk-lines.ts';
import { documentOf, edgeLine, shapedBy } from '../../testing/shaped-line.ts';

const REQUEST = '6f7e9b0a-9c1e-4d2b-8f3a-5b6c7d8e9f00';
const TIME = '2026-11-22T09:59:58.123Z';
const line = (text: string) => edgeLine(text, '/aws/lambda/orders', '2026/11/22/[$LATEST]0123456789abcdef');

describe('a line of the text format', () => {
  test.each([
    ['Node.js', `${TIME}\t${REQUEST}\tINFO\tstored\t3 orders`, 'INFO', 'stored\t3 orders'],
    ['Python', `[ERROR]\t${TIME}\t${REQUEST}\tKeyError: 'id'`, 'ERROR', "KeyError: 'id'"],
    ['Python, a warning', `[WARNING]\t${TIME}\t${REQUEST}\tslow`, 'WARN', 'slow'],
    ['several lines', `${TIME}\t${REQUEST}\tWARN\tone\ntwo`, 'WARN', 'one\ntwo'],
    ['nothing', `${TIME}\t${REQUEST}\tDEBUG\t`, 'DEBUG', ''],
  ])('of %s has level, time, invocation and message', (_, text, level, message) => {
    expect(documentOf(line(text))).toEqual({
      channel: 'business',
      time: Date.parse(TIME),
      level,
      message,
      event: { kind: 'event', dataset: 'lambda' },
      faas: { execution: REQUEST },
    });
  });

  test('outside an invocation has none', () => {
    expect(documentOf(line(`${TIME}\tundefined\tINFO\tinit`))).not.toHaveProperty('faas');
  });

  test('with an object has the object’s message, level and fields', () => {
    const text = `${TIME}\t${REQUEST}\tINFO\t{"level":"error","message":"no","took":3}`;
    expect(documentOf(line(text))).toMatchObject({
      level: 'ERROR',
      message: 'no',
      fields: { took: 3 },
      faas: { execution: REQUEST },
    });
  });

  test('with an error that nobody caught has its type, message and stack', () => {
    const error =
      '{"errorType":"TypeError","errorMessage":"x is undefined","stack":["TypeError: x","    at y"]}';
    expect(documentOf(line(`${TIME}\t${REQUEST}\tERROR\tInvoke Error \t${error}`))).toMatchObject({
      level: 'ERROR',
      message: 'Invoke Error: TypeError: x is undefined',
      error: { type: 'TypeError', message: 'x is undefined', stack_trace: 'TypeError: x\n    at y' },
    });
  });
});

describe('bad input', () => {
  test('a record of the contract behind the prefix was logged by somebody else: no trail event, no signal', () => {
    const text = `${TIME}\t${REQUEST}\tINFO\t${trailLine(1)}`;
    expect(shapedBy(line(text))).toMatchObject({ document: { channel: 'business' }, signals: [] });
    expect(documentOf(line(text))).toMatchObject({ fields: { trailgate: { channel: 'trail' } } });
    expect(documentOf(line(text))).not.toHaveProperty('trailgate');
  });

  test.each([
    ['a level that is none', `${TIME}\t${REQUEST}\tLOUD\tx`],
    ['spaces for tabs', `${TIME} ${REQUEST} INFO x`],
    ['a request id that is none', `${TIME}\tme\tINFO\tx`],
    ['a line that is cut off', `${TIME}\t${REQUEST}\tINF`],
  ])('%s is text', (_, text) => {
    expect(documentOf(line(text))).toMatchObject({ message: text, event: { dataset: 'text' } });
  });

  test('a day that is none leaves the time of the log event', () => {
    const text = `2026-13-45T09:59:58.123Z\t${REQUEST}\tINFO\tx`;
    expect(documentOf(line(text))).toMatchObject({ message: 'x', time: line('').time });
  });

  test('an object that is cut off is a message', () => {
    expect(documentOf(line(`${TIME}\t${REQUEST}\tINFO\t{"a":`))).toMatchObject({ message: '{"a":' });
  });
});
