/** Marks handlers that the SDK is attached to, so that it is not attached twice. */

const ATTACHED = Symbol.for('trailgate.attached');

export function markAttached<H extends object>(handler: H): H {
  Object.defineProperty(handler, ATTACHED, { value: true });
  return handler;
}

export function isAttached(handler: object): boolean {
  return ATTACHED in handler;
}
