/** A small valid rule file, for tests that change one thing in it. */

export function ruleText(change: (text: string) => string = (text) => text): string {
  return change(`title: Many refusals
id: 3f6c2f0e-2f77-4d1c-9f43-0a6a5f6b7c01
name: many-refusals
description: One client was refused by the authorizer many times.
level: low
status: experimental
tags: [attack.t1110]
detection:
  refused:
    kind: trail
    action: authn_token_rejected
  condition: refused
correlation:
  type: event_count
  group-by: [principal]
  timespan: 1m
  condition: { gte: 5 }
trailgate:
  dedup: 1m
  cap: { class: '*', rate: 0.5, burst: 1, hold: 5m, end: 10m, floor: 0.1 }
tests:
  - name: five within a minute
    expect: hit
    signals:
      - { repeat: 5, every: 10s, send: [{ action: authn_token_rejected }] }
  - name: four within a minute
    expect: miss
    signals:
      - { repeat: 4, every: 10s, send: [{ action: authn_token_rejected }] }
`);
}
