/** Writes a line of a pipeline function to its log as it is. */

/** Not through the console, whose lines Lambda wraps: CloudWatch would not see the metrics in them. */
export function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
