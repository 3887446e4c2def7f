/** Asks the console's API: bounded in time and size, checked for shape, and every failure a sentence. */

import { errorAnswer, orderAnswer } from './answer-shapes.ts';
import { ApiFailure } from './api-failure.ts';
import type { Shape } from './shape.ts';

/** Characters of an answer: fifty documents of the largest kind are below it. */
const MAX_ANSWER = 8_000_000;
/** Milliseconds until an answer counts as lost. */
const ANSWER_MS = 15_000;
/** An order may have to wait for a process to end or to begin. */
const ORDER_MS = 30_000;

/** Rejects with an {@link ApiFailure}, or with the signal's reason when the caller has left. */
export async function ask<T>(path: string, shape: Shape<T>, left: AbortSignal): Promise<T> {
  return checked(await call(path, {}, ANSWER_MS, left), shape);
}

/** Gives an order; resolves with what was done, as a sentence. Rejects with an {@link ApiFailure}. */
export async function order(path: string, body: object): Promise<string> {
  const sent: RequestInit = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return checked(await call(path, sent, ORDER_MS), orderAnswer).done;
}

function checked<T>(value: unknown, shape: Shape<T>): T {
  if (shape(value)) return value;
  throw new ApiFailure('MALFORMED', 'The console answered something that this page cannot read.', true);
}

async function call(path: string, init: RequestInit, limitMs: number, left?: AbortSignal): Promise<unknown> {
  const ending = new AbortController();
  const leave = (): void => ending.abort(left?.reason);
  left?.addEventListener('abort', leave);
  const late = setTimeout(() => ending.abort(slow(limitMs)), limitMs);
  try {
    left?.throwIfAborted();
    const response = await fetch(path, { ...init, signal: ending.signal });
    const value = parsed(await bounded(response, ending));
    if (response.ok) return value;
    throw refusal(response.status, value);
  } catch (error) {
    if (ending.signal.aborted) throw ending.signal.reason;
    if (error instanceof ApiFailure) throw error;
    throw new ApiFailure('UNREACHABLE', 'The console does not answer: is it still running?', true);
  } finally {
    clearTimeout(late);
    left?.removeEventListener('abort', leave);
  }
}

async function bounded(response: Response, ending: AbortController): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) return text + decoder.decode();
    text += decoder.decode(part.value, { stream: true });
    if (text.length > MAX_ANSWER) ending.abort(tooLarge());
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON has no shape that anyone asks for, and is said to be unreadable there.
    return undefined;
  }
}

function refusal(status: number, value: unknown): ApiFailure {
  const passes = status >= 500;
  if (errorAnswer(value)) return new ApiFailure(value.error.code, value.error.message, passes);
  return new ApiFailure(`HTTP_${status}`, `The console answered with status ${status}.`, passes);
}

function slow(limitMs: number): ApiFailure {
  return new ApiFailure('TIMEOUT', `The console has not answered within ${limitMs / 1_000} seconds.`, true);
}

function tooLarge(): ApiFailure {
  return new ApiFailure('TOO_LARGE', 'The answer is too large to be shown: ask for less.', false);
}
