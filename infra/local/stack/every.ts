/** Runs a task at an interval, one run at a time; a run that fails is told and does not end the series. */
export interface Repeating {
  /** Resolves when no run is left. */
  stop(): Promise<void>;
}

export function every(ms: number, task: () => Promise<void>, failed: (error: unknown) => void): Repeating {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= task()
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
  }, ms);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
