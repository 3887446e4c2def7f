/** A function that does not know of the SDK. */
import type { Work } from './work.ts';

export const api = {
  v1: {
    handler: async (event: Work) => {
      console.log('from the console');
      if (event.work === 'fail') throw new TypeError('no such order');
      return { statusCode: 201, body: 'ok' };
    },
  },
};
