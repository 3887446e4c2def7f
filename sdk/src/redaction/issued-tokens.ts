/** Finds keys and tokens whose issuers gave them a form to be recognised by. */
import { REDACTED } from './marker.ts';

/** Cut short ones match too, so that a truncated text gives nothing away. */
const ISSUED = new RegExp(
  `(?<![A-Za-z0-9])(?:${[
    // A JOSE header, `{"alg"`, `{"typ"`, `{"kid"`, `{"enc"`, `{"zip"`, `{"cty"`, `{"x5t"`, `{"jku"` or `{"jwk"`, also without its payload.
    'eyJ(?:hbGci|0eXAi|raWQi|lbmMi|6aXAi|jdHki|4NXQi|qa3Ui|qd2si)[\\w-]+(?:\\.[\\w-]*){0,4}',
    // Base64 of any JSON object opens with `eyJ`; a cursor of a list has no parts. Near the beginning of its word, so that
    // one of a million of them is not read a million times.
    'eyJ(?<=(?<![\\w-])[\\w-]{3,99})(?=[\\w.-]{28})[\\w-]{6,}(?:\\.[\\w-]*){2,4}',
    'A[KS]IA[A-Z0-9]{12,}',
    '(?:(?:gh[pousr]|npm|hf|dop_v1|shp(?:at|[cp]a|ss))_|sk-)[A-Za-z0-9]{16,}',
    '(?:github_pat_|glpat-|AIza|GOCSPX-|pypi-|hvs\\.|sk-[a-z]{2,10}-)[\\w-]{16,}',
    '(?:xox[a-eoprs]-|xapp-|ya29\\.|SG\\.)[\\w-]{8,}(?:\\.[\\w-]+)*',
    '[sr]k_(?:live|test)_\\w{8,}',
    'whsec_[\\w+/=]{12,}',
  ].join('|')})`,
  'g',
);

export function redactIssued(text: string): string {
  return text.replace(ISSUED, REDACTED);
}
