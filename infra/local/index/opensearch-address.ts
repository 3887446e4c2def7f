/** Reads the address of an OpenSearch as people write it, with user and password in it where it has users. */
import type { ConnectOptions } from '@trailgate/collectors/setup';

export interface OpenSearchAddress {
  readonly url: string;
  readonly basic?: { readonly user: string; readonly password: string };
}

/** What is no address comes back as it is, for whoever connects to say so. */
export function openSearchAddress(text: string): OpenSearchAddress & ConnectOptions {
  if (!URL.canParse(text)) return { url: text };
  const url = new URL(text);
  const basic = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  url.username = '';
  url.password = '';
  return { url: url.href, ...(basic.user === '' ? {} : { basic }) };
}
