/** A request of a process to a service: two messages, each of which is a moment to die at and may be lost. */
import type { FunctionProcess } from './function-process.ts';
import type { Seeded } from './seeded.ts';
import type { Timeline } from './timeline.ts';

/** What becomes of one request. */
export type Fate =
  | { readonly is: 'served'; readonly slowMs?: number }
  /** Nothing is done, and the caller is told. */
  | { readonly is: 'refused'; readonly error: Error }
  /** It is done, and the caller hears of an error. */
  | { readonly is: 'answer lost'; readonly error: Error }
  /** Nothing is done, and the caller gives up waiting at its own limit. */
  | { readonly is: 'silent'; readonly error: Error; readonly limitMs: number }
  /** The caller gives up at its limit, and after that it is done. */
  | { readonly is: 'late'; readonly error: Error; readonly limitMs: number; readonly lateMs: number };

export interface Wire {
  readonly timeline: Timeline;
  readonly chance: Seeded;
}

/**
 * Resolves with what `serve` gives or rejects with what it throws; not at all when the process is dead. A promise that
 * `serve` gives must need no time of its own.
 */
export function callService<Answer>(
  { timeline, chance }: Wire,
  process: FunctionProcess,
  what: string,
  fate: Fate,
  serve: () => Answer | Promise<Answer>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (process.dead) return;
    // Whether a request that was under way when its process died still arrives.
    const survives = chance.chance(0.5);
    const arrives = (ms: number, then: () => void): void =>
      timeline.after(ms, `${process.name}: ${what} arrives`, () => {
        if (process.dead && !survives) return;
        then();
      });
    const answers = (ms: number, word: string, answer: () => void): void =>
      timeline.after(ms, `${what} ${word}`, answer, process);

    switch (fate.is) {
      case 'served':
        arrives(timeline.latency() + (fate.slowMs ?? 0), () => {
          const outcome = attempt(serve);
          answers(timeline.latency(), 'is answered', () => {
            if (outcome.is === 'done') resolve(outcome.answer);
            else reject(outcome.error);
          });
        });
        return;
      case 'refused':
        answers(timeline.latency(), `is refused (${fate.error.message})`, () => reject(fate.error));
        return;
      case 'answer lost':
        arrives(timeline.latency(), () => {
          attempt(serve);
          answers(timeline.latency(), `was done, its answer lost (${fate.error.message})`, () =>
            reject(fate.error),
          );
        });
        return;
      case 'silent':
        answers(fate.limitMs, 'was never answered', () => reject(fate.error));
        return;
      case 'late':
        answers(fate.limitMs, 'was not answered in time', () => reject(fate.error));
        arrives(fate.limitMs + fate.lateMs, () => attempt(serve));
        return;
    }
  });
}

type Attempt<Answer> =
  | { readonly is: 'done'; readonly answer: Answer | Promise<Answer> }
  | { readonly is: 'failed'; readonly error: unknown };

function attempt<Answer>(serve: () => Answer | Promise<Answer>): Attempt<Answer> {
  try {
    return { is: 'done', answer: serve() };
  } catch (error) {
    return { is: 'failed', error };
  }
}
