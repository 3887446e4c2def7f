/** The JSON Schema that API Gateway's models take. */

/** Draft 4, which is what API Gateway validates with. */
export type JsonSchema = Readonly<Record<string, unknown>>;
