/** A function for the pool's tests: does what its event says. */
interface Order {
  readonly do: 'echo' | 'print' | 'throw' | 'hang' | 'exit';
  readonly text?: string;
}

let served = 0;

process.on('SIGTERM', () => process.stdout.write('last words\n'));

export async function handler(order: Order): Promise<unknown> {
  served += 1;
  switch (order.do) {
    case 'echo':
      return { text: order.text, pid: process.pid, served };
    case 'print':
      process.stdout.write(`${order.text}\n`);
      console.log('through the console');
      return null;
    case 'throw':
      throw new RangeError(order.text);
    case 'hang':
      return new Promise(() => undefined);
    case 'exit':
      return process.exit(3);
  }
}
