/** The version of all that is generated for the index: templates, lifecycle policies and roles. */

/** Rises with each change of what is generated, so that a deployment knows the newer one (schema-version.test.ts). */
export const SCHEMA_VERSION = 3;

/** Names of what is installed begin so. */
export const NAME_PREFIX = 'trailgate';

/** For `_meta`, which OpenSearch keeps and gives back as it is. */
export const SCHEMA_META: Readonly<Record<string, unknown>> = { [NAME_PREFIX]: { schema: SCHEMA_VERSION } };
