/** Reads the names of members and remembers them: the same few names come on every line. */
import { isAmount, LONGEST_NAME } from './key-names.ts';

/** What becomes of a member with this name. */
export interface NameReading {
  /** None of what follows holds. */
  readonly plain: boolean;
  /** The value must not be written. */
  readonly secret: boolean;
  /** It is secret and written as a keyed hash. */
  readonly hashed: boolean;
  /** It is secret, but a number is an amount. */
  readonly amount: boolean;
  /** `name` and `value` in `{"name":"password","value":…}`. */
  readonly pairName: boolean;
  readonly pairValue: boolean;
  /** Says too little in a text without the word before it: `api key`. */
  readonly secondWord: boolean;
  /** Secret as a parameter of a URL, an ordinary word elsewhere. */
  readonly parameter: boolean;
  /** The name was cut or held a secret itself, so that two may look the same. */
  readonly altered: boolean;
  /** The name as JSON with its colon. */
  readonly literal: string;
}

/** What a set of rules says about names and texts. */
export interface NameRules {
  isSecret(name: string): boolean;
  isHashed(name: string): boolean;
  /** The name itself without secrets, of at most so many characters and a marker. */
  clean(name: string, maxChars: number): string;
}

/** More than a service has; a caller that invents names empties the memory and fills it again. */
const REMEMBERED = 1000;
const PAIR_NAME = /^(?:name|key|header|field|param)$/i;
const PAIR_VALUE = /^(?:value|val|content)$/i;
const SECOND_WORD = /^(?:key|number|code|phrase|string)$/i;
const PARAMETER = /^(?:sig|signature|code|assertion|samlresponse|samlrequest)$/i;

export class NameReader {
  readonly #rules: NameRules;
  readonly #remembered = new Map<string, NameReading>();

  constructor(rules: NameRules) {
    this.#rules = rules;
  }

  read(name: string): NameReading {
    return this.#remembered.get(name) ?? this.#readAnew(name);
  }

  #readAnew(name: string): NameReading {
    const short = name.slice(0, LONGEST_NAME);
    const written = this.#rules.clean(name, LONGEST_NAME);
    const hashed = this.#rules.isHashed(short);
    const secret = hashed || this.#rules.isSecret(short);
    const pairValue = PAIR_VALUE.test(short);
    const reading: NameReading = {
      plain: !secret && !pairValue && written === name,
      secret,
      hashed,
      amount: secret && isAmount(short),
      pairName: PAIR_NAME.test(short),
      pairValue: pairValue && !secret,
      secondWord: SECOND_WORD.test(short),
      parameter: PARAMETER.test(short),
      altered: written !== name,
      literal: `${JSON.stringify(written)}:`,
    };
    if (name.length <= LONGEST_NAME) {
      if (this.#remembered.size >= REMEMBERED) this.#remembered.clear();
      this.#remembered.set(name, reading);
    }
    return reading;
  }
}
