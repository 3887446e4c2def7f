/** The public list of the archive: what receives log lines from other accounts and regions. */
export { LogArchive, type LogArchiveProps } from './log-archive.ts';
export type { LogDestinationProps } from './log-destination.ts';
export { RegionalDestination } from './regional-destination.ts';
