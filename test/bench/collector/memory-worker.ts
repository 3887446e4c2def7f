/** A fresh process that takes one large event through the collector, and tells the most memory it ever held. */
import { readFileSync } from 'node:fs';
import { acceptingIndex, collector } from './full-path.ts';
import type { LargeEvent } from './large-event.ts';

const [file = ''] = process.argv.slice(2);
const { event, lines } = JSON.parse(readFileSync(file, 'utf8')) as LargeEvent;
const before = process.resourceUsage().maxRSS;
await collector(acceptingIndex())(event, lines);
console.log(JSON.stringify({ beforeKb: before, peakKb: process.resourceUsage().maxRSS }));
