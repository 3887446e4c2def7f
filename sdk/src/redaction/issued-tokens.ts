/** Finds keys and tokens whose issuers gave them a form to be recognised by. */
import { REDACTED } from './marker.ts';

/** Cut short ones match too, so that a truncated text gives nothing away. */
const JWT = /(?<![A-Za-z0-9])eyJ[\w-]{6,}(?:\.[\w-]*){0,4}/g;
/** `{"alg"`, `{"typ"`, `{"kid"`, `{"enc"`, `{"zip"`, `{"cty"`, `{"x5t"`, `{"jku"`, `{"jwk"`: a header without its payload. */
const JOSE_HEADER = /^eyJ(?:hbGci|0eXAi|raWQi|lbmMi|6aXAi|jdHki|4NXQi|qa3Ui|qd2si)/;
const AWS_ACCESS_KEY_ID = /(?<![A-Za-z0-9])A[KS]IA[A-Z0-9]{12,}/g;
const ISSUED = new RegExp(
  [
    'gh[pousr]_[A-Za-z0-9]{16,}',
    'github_pat_\\w{16,}',
    'glpat-[\\w-]{16,}',
    'xox[a-eoprs]-[\\w-]{8,}',
    'xapp-[\\w-]{8,}',
    '[sr]k_(?:live|test)_\\w{8,}',
    'whsec_[\\w+/=]{12,}',
    'AIza[\\w-]{20,}',
    'ya29\\.[\\w-]{10,}',
    'GOCSPX-[\\w-]{16,}',
    'SG\\.[\\w-]{10,}(?:\\.[\\w-]*)?',
    'npm_[A-Za-z0-9]{20,}',
    'pypi-[\\w-]{16,}',
    'sk-(?:[a-z]{2,10}-[\\w-]{16,}|[A-Za-z0-9]{20,})',
    'hf_[A-Za-z0-9]{16,}',
    'hvs\\.[\\w-]{16,}',
    'dop_v1_[a-f0-9]{16,}',
    'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{16,}',
  ]
    .map((form) => `(?:${form})`)
    .join('|')
    .replace(/^/, '(?<![A-Za-z0-9])(?:')
    .concat(')'),
  'g',
);

export function redactIssued(text: string): string {
  return text
    .replace(JWT, (token) => (isJwt(token) ? REDACTED : token))
    .replace(AWS_ACCESS_KEY_ID, REDACTED)
    .replace(ISSUED, REDACTED);
}

/** Base64 of any JSON object opens with `eyJ`; a cursor of a list has neither parts nor a JOSE header. */
function isJwt(token: string): boolean {
  return JOSE_HEADER.test(token) || (token.split('.').length > 2 && token.length > 30);
}
