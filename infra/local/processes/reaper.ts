/**
 * Ends what the stack started when the stack itself can no longer do so: a child that reads process ids from its
 * standard input and kills those still listed when the input closes, however its parent died.
 */
import { createInterface } from 'node:readline';

const alive = new Set<number>();

// Ctrl-C reaches the whole foreground group; this process must outlive its parent.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) alive.add(pid);
  if (line.startsWith('-')) alive.delete(pid);
});
lines.on('close', () => {
  for (const pid of alive) {
    try {
      // SIGKILL, as a frozen (SIGSTOP) process takes no other signal.
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
});
