/** Preloaded into an engine that would listen on every interface, so that it is reachable from this machine only. */
import { Server } from 'node:net';

const LOOPBACK = '127.0.0.1';
const listen = Server.prototype.listen as (this: Server, ...args: unknown[]) => Server;

/** Node accepts `(options, …)` and `(port, host?, backlog?, callback?)`; paths and handles need no host. */
Server.prototype.listen = function listenOnLoopback(this: Server, ...args: unknown[]): Server {
  const [first, second, ...rest] = args;
  if (typeof first === 'number') {
    const behindHost = typeof second === 'string' || second === undefined ? rest : [second, ...rest];
    return listen.call(this, first, LOOPBACK, ...behindHost);
  }
  if (typeof first === 'object' && first !== null && 'port' in first) {
    return listen.call(this, { ...first, host: LOOPBACK }, ...args.slice(1));
  }
  return listen.apply(this, args);
} as typeof Server.prototype.listen;
