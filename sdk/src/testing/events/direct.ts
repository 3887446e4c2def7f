/** The event of a direct invocation: whatever its caller sends. */

export function direct(
  payload: Readonly<Record<string, unknown>> = { orderId: '17' },
): Record<string, unknown> {
  return { ...payload };
}
