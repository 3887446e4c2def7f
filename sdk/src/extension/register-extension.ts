/** Registers an extension inside the function's own process, because Lambda sends SIGTERM only where there is one. */
import type * as Http from 'node:http';
import { TrailgateConfigError } from '../errors.ts';
import { type ExtensionApi, nextEvent, register, unref } from './extension-api.ts';

export interface ExtensionOptions {
  /** `host:port`, as in `AWS_LAMBDA_RUNTIME_API`. */
  readonly runtimeApi: string;
  /** Of the extension: 1 to 128 letters, digits, `.`, `_` or `-`. A process can register a name once. */
  readonly name: string;
  /** @default `request` of `node:http`, loaded by the call */
  readonly request?: typeof Http.request;
  /** @default `setTimeout` */
  readonly timer?: (work: () => void, ms: number) => { unref?(): unknown };
}

export type ExtensionState =
  | { readonly registered: true }
  /** Without it all works as before, but the process is killed without notice. */
  | { readonly registered: false; readonly reason: string };

const NAME = /^[\w.-]{1,128}$/;
/** Lambda answers in a few milliseconds; who awaits the registration must not wait for a broken one. */
const PATIENCE_MS = 1000;

/**
 * The request leaves with the call, for Lambda takes registrations only until the function's code is loaded.
 * Await the result at the top level of an ES module to be sure of it. After that the extension waits for
 * events that never come, which keeps no process alive.
 * @returns how it went; never rejects, and settles within a second
 * @throws TrailgateConfigError when `name` is not of the form above
 */
export function registerExtension(options: ExtensionOptions): Promise<ExtensionState> {
  const { name, runtimeApi, timer = setTimeout } = options;
  if (!NAME.test(name)) {
    throw new TrailgateConfigError('name', '1 to 128 letters, digits, ".", "_" or "-"', name);
  }
  return new Promise((settle) => {
    const fail = (reason: string): void => settle({ registered: false, reason });
    try {
      const request = options.request ?? process.getBuiltinModule('node:http').request;
      const api: ExtensionApi = { origin: new URL(`http://${runtimeApi}`).origin, request };
      const onIdentifier = (identifier: string): void => {
        // Even when it came too late for who waits: Lambda holds back the first event until it is asked for.
        nextEvent(api, identifier);
        settle({ registered: true });
      };
      const call = register(api, name, onIdentifier, fail);
      timer(() => {
        unref(call);
        fail(`no answer from ${runtimeApi} within ${PATIENCE_MS} ms`);
      }, PATIENCE_MS).unref?.();
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  });
}
