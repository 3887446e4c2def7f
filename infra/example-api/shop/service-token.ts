/** How long a token lives that one of the shop's functions makes for a call to another. */

/** Seconds: half of it is enough for both attempts of one call. */
export const SERVICE_TOKEN_SECONDS = 20;
