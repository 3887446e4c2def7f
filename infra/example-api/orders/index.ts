/** The Lambda function `orders`. */
import { environment } from '../config.ts';
import type { ProxyHandler } from '../http/serve.ts';
import { createOrdersHandler } from './wiring.ts';

export const handler: ProxyHandler = await createOrdersHandler(environment);
