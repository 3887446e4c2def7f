/** A function with the SDK wrapped around it, in all the ways that its events ask for. */
import { createTrailgate } from '@trailgate/sdk';
import type { Work } from './work.ts';

const trailgate = createTrailgate({ service: 'orders', sampling: { rate: 1 } });

export const handler = trailgate.wrap(async (event: Work) => {
  const { log, trail } = trailgate;
  switch (event.work) {
    case 'answer':
      console.log('from the console');
      log.info('order read', { id: 17 });
      log.debug('detail');
      trail.denied({ target: 'order 17', reason: 'not the owner' });
      return { statusCode: 201, body: 'ok', headers: { 'x-own': '1' } };
    case 'fail':
      log.debug('step before the failure');
      throw new TypeError('no such order');
    case 'burst':
      if (event.noisy) console.log('makes the pipe non-blocking');
      for (let i = 0; i < 1000; i++) log.warn(`line ${i}`, { filler: 'x'.repeat(300) });
      setImmediate(() => process.kill(process.pid, 'SIGKILL'));
      return { statusCode: 200 };
  }
});
