import type { Trailgate } from '@trailgate/sdk';

interface Payment {
  readonly order: string;
  readonly cents: number;
}

export function paymentHandler(trailgate: Trailgate, charge: (payment: Payment) => Promise<string>) {
  const log = trailgate.log.child({ component: 'payments' });
  return trailgate.wrap(async (payment: Payment) => {
    log.appendKeys({ order: payment.order }); // on every line of this invocation, whichever logger writes it
    log.debug('charging %d cents', payment.cents); // written only if the invocation fails or is slow
    try {
      const receipt = await charge(payment);
      log.info('charged', { receipt });
      return { statusCode: 200 };
    } catch (error) {
      log.error('charge failed', { cents: payment.cents }, error);
      return { statusCode: 502 };
    }
  });
}
