/** Reads the parts that the events of all gateways have in common: headers and body. */

type MaybeFields = Readonly<Record<string, string | undefined>> | null | undefined;

/** Lower-case names. Names that differ in case only are one field with several values (RFC 9110 §5.2). */
export function headerFields(
  single: MaybeFields,
  multiple?: Readonly<Record<string, readonly string[] | undefined>> | null,
): Readonly<Record<string, string>> {
  const fields = new Map<string, string>();
  // The second form holds all that the first does, and the values that the first leaves out.
  for (const [name, values] of Object.entries(multiple ?? single ?? {})) {
    const key = name.toLowerCase();
    for (const value of [values ?? []].flat()) {
      const before = fields.get(key);
      fields.set(key, before === undefined ? value : `${before}${key === 'cookie' ? '; ' : ','}${value}`);
    }
  }
  return Object.fromEntries(fields);
}

export function bodyText(body: string | null | undefined, isBase64: boolean): string | undefined {
  if (body === null || body === undefined || body === '') return undefined;
  return isBase64 ? Buffer.from(body, 'base64').toString('utf8') : body;
}
