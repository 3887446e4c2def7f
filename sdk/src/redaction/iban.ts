/** Finds bank account numbers by country, length and check digits (ISO 13616, mod 97). */
import { REDACTED } from './marker.ts';

/** In one piece or in groups of four. */
const CANDIDATE =
  /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[A-Za-z0-9]{11,30}|(?:[ -][A-Za-z0-9]{4}){2,7}(?:[ -][A-Za-z0-9]{1,4})?)/g;
/** Country and length, from the SWIFT IBAN registry. */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ' +
    'ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 ' +
    'LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 ' +
    'PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** What follows an account number in the same sentence stays. */
export function redactIbans(text: string): string {
  let clean = '';
  let from = 0;
  for (const { 0: start, 1: rest = '', index } of text.matchAll(CANDIDATE)) {
    const end = index < from ? -1 : accountEnd(start + rest);
    if (end < 0) continue;
    clean += text.slice(from, index) + REDACTED;
    from = index + end;
  }
  return from === 0 ? text : clean + text.slice(from);
}

/** Index behind the account number that a candidate begins with; -1 where it does not. */
function accountEnd(candidate: string): number {
  const length = LENGTHS.get(candidate.slice(0, 2).toUpperCase());
  if (length === undefined) return -1;
  const end = endOf(candidate, length);
  return end < 0 || isAlphanumeric(candidate.charCodeAt(end)) || !passesMod97(candidate.slice(0, end))
    ? -1
    : end;
}

/** Index behind so many letters and digits; -1 where there are fewer. */
function endOf(candidate: string, length: number): number {
  let seen = 0;
  for (let i = 0; i < candidate.length; i++) {
    if (isAlphanumeric(candidate.charCodeAt(i))) seen += 1;
    if (seen === length) return i + 1;
  }
  return -1;
}

function isAlphanumeric(code: number): boolean {
  return (code > 47 && code < 58) || ((code | 32) > 96 && (code | 32) < 123);
}

function passesMod97(iban: string): boolean {
  const bare = iban.replace(/[ -]/g, '').toUpperCase();
  let rest = 0;
  for (const character of bare.slice(4) + bare.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1;
}
