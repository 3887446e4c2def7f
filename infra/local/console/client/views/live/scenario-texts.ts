/** What each scenario does and what will be seen of it, in words. */

export interface ScenarioText {
  readonly title: string;
  readonly does: string;
  readonly shows: string;
  /** What its first traces are, as a step of its progress. */
  readonly traces: string;
}

const TEXTS: Readonly<Record<string, ScenarioText>> = {
  'credential-stuffing': {
    title: 'Credential stuffing',
    does: 'While honest users shop, an attacker tries leaked passwords from one address, a different user each time.',
    shows:
      'Failed logins fill the trail; within about ten seconds come a finding, a cap on the address, and refusals (429).',
    traces: 'Failed logins fill the trail',
  },
  'noisy-client': {
    title: 'Noisy client',
    does: 'While honest users shop, one signed-in client calls without pause, many times a second.',
    shows:
      'Requests climb; within about fifteen seconds come a finding, a cap on that user alone, and refusals (429).',
    traces: 'Requests climb',
  },
  calm: {
    title: 'Calm weather',
    does: 'Honest users sign in, look round and order; nobody attacks.',
    shows: 'Traffic and a few mistyped passwords, and no finding: the rules leave honest users alone.',
    traces: 'Requests arrive',
  },
};

/** A scenario that this page has no words for is shown by its name. */
export function scenarioText(name: string): ScenarioText {
  const known = Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined;
  if (known !== undefined) return known;
  const words = name.replaceAll('-', ' ');
  return {
    title: words.charAt(0).toUpperCase() + words.slice(1),
    does: `While honest users shop, an attack of the kind “${words}” is played.`,
    shows: 'Its traces in the trail, then a finding, a cap on who attacks, and refusals (429).',
    traces: 'Its traces fill the trail',
  };
}
