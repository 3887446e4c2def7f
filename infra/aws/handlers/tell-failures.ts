/** Has a port say why it fails: the collector only counts that it did, and whoever deployed it wrongly has to read the reason. */

interface PutPort<Item> {
  put(items: readonly Item[]): Promise<void>;
}

/** The port, with one JSON line of level `ERROR` for each call that fails; the error goes on as it is. */
export function tellFailures<Item>(
  port: PutPort<Item>,
  what: string,
  writeLine: (line: string) => void,
): PutPort<Item> {
  return {
    async put(items) {
      try {
        await port.put(items);
      } catch (error) {
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        writeLine(JSON.stringify({ level: 'ERROR', message: `${what} not put: ${reason}` }));
        throw error;
      }
    },
  };
}
