/** The public list of watching: functions, log groups, scopes and whole accounts. */
export { AccountSubscription, type AccountSubscriptionProps } from './account-subscription.ts';
export type { Destination, DestinationProps, ExistingDestination } from './destination.ts';
export { LogWatcher, type LogWatcherProps, type Subscription } from './log-watcher.ts';
export type { SubscriptionOptions, WatchOptions } from './watch-options.ts';
export type { WatchTarget } from './watch-target.ts';
