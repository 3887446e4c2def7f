/** Asks a person before something is created or removed. */
import { createInterface } from 'node:readline/promises';
import { DeployError } from './deploy-error.ts';

/** Whether the answer is the expected word. Throws DeployError where nobody can answer. */
export async function confirmed(question: string, word: string): Promise<boolean> {
  if (process.stdin.isTTY !== true) {
    throw new DeployError(`confirmation: expected --yes, since nobody can be asked here: ${question}`);
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await lines.question(`${question} Type "${word}" to go on: `)).trim() === word;
  } finally {
    lines.close();
  }
}
