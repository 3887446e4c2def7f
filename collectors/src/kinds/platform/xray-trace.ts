/** Gives an X-Ray trace the id under which the SDK's records and W3C trace context know it. */

const ROOT = /(?:^|Root=|\s)1-([0-9a-f]{8})-([0-9a-f]{24})(?![0-9a-f])/i;

/** 32 lower-case hex digits of `1-<8>-<24>` or of a header with `Root=` before it; undefined when there is none. */
export function xrayTraceId(text: string): string | undefined {
  const [, time, random] = ROOT.exec(text) ?? [];
  return time === undefined || random === undefined ? undefined : `${time}${random}`.toLowerCase();
}
