/** Reads the names of members and remembers them: the same few names come on every line. */
import { isMarker, REDACTED } from './marker.ts';

/** What becomes of a member with this name. */
export interface NameReading {
  /** The name, cut where it is too long to have been chosen by anybody. */
  readonly name: string;
  /** None of what follows holds. */
  readonly plain: boolean;
  /** The value must not be written. */
  readonly secret: boolean;
  /** Writes the value under a secret name where it is to stay joinable. */
  readonly hash: ((value: string) => string) | undefined;
  /** It is secret, but a number is an amount. */
  readonly amount: boolean;
  /** `name` and `value` in `{"name":"password","value":…}`. */
  readonly pairName: boolean;
  readonly pairValue: boolean;
  /** What it is in a text depends on what stands around it, for one of the next two reasons or as the value of a pair. */
  readonly ambiguous: boolean;
  /** Says too little in a text without the word before it: `api key`. */
  readonly secondWord: boolean;
  /** Secret as a parameter of a URL, an ordinary word elsewhere. */
  readonly parameter: boolean;
  /** The name was cut or held a secret itself, so that two may look the same. */
  readonly altered: boolean;
  /** The name as JSON with its colon. */
  readonly literal: string;
}

/** What a set of rules says about names. */
export interface NameRules {
  /** True for a secret name; a hash for one whose values are hashed. */
  judge(name: string): boolean | ((value: string) => string);
  /** The name itself without secrets, of at most so many characters and a marker. */
  clean(name: string, maxChars: number): string;
}

export type ReadName = (name: string) => NameReading;

const LONGEST_NAME = 256;
/** More than a service has; a caller that invents names empties the memory and fills it again. */
const REMEMBERED = 1000;
const PAIR_NAME = /^(?:name|key|header|field|param)$/i;
const PAIR_VALUE = /^(?:val(?:ue)?|content)$/i;
const SECOND_WORD = /^(?:key|number|code|phrase|string)$/i;
const PARAMETER = /^(?:sig|signature|code|assertion|samlre(?:sponse|quest))$/i;
const AMOUNT = /tokens\W*$/i;

export function createNameReader({ judge, clean }: NameRules): ReadName {
  const remembered = new Map<string, NameReading>();

  const readAnew = (given: string): NameReading => {
    const name = given.slice(0, LONGEST_NAME);
    const written = clean(given, LONGEST_NAME);
    const verdict = judge(name);
    const secret = verdict !== false;
    const pairValue = !secret && PAIR_VALUE.test(name);
    const secondWord = SECOND_WORD.test(name);
    const parameter = PARAMETER.test(name);
    const altered = written !== given;
    const reading: NameReading = {
      name,
      plain: !secret && !pairValue && !altered,
      secret,
      hash: typeof verdict === 'function' ? verdict : undefined,
      amount: secret && AMOUNT.test(name),
      pairName: PAIR_NAME.test(name),
      pairValue,
      ambiguous: !secret && (pairValue || secondWord || parameter),
      secondWord,
      parameter,
      altered,
      literal: `${JSON.stringify(written)}:`,
    };
    if (name === given) {
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(name, reading);
    }
    return reading;
  };

  return (name) => remembered.get(name) ?? readAnew(name);
}

/** What is written in place of a value under a secret name. Doing it twice changes nothing. */
export function hidden({ hash }: NameReading, value: string): string {
  return isMarker(value) ? value : (hash?.(value) ?? REDACTED);
}
