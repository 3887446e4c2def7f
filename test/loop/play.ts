/** Plays a scenario through the command, as a person would, and reads its last line. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ScenarioOutcome } from '../../infra/scenarios/outcome.ts';

const root = join(import.meta.dirname, '../..');

export interface Played {
  readonly exitCode: number | null;
  readonly outcome: ScenarioOutcome;
  readonly told: string;
}

export function play(...args: readonly string[]): Promise<Played> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--conditions=trail-source', 'infra/cli/main.ts', 'scenario', ...args, '--json'],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let out = '';
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (exitCode) => {
      const last = out.trim().split('\n').at(-1) ?? '';
      try {
        resolve({ exitCode, outcome: JSON.parse(last) as ScenarioOutcome, told });
      } catch {
        reject(new Error(`the last line is no outcome: ${last}\n${told}`));
      }
    });
  });
}
