export { type AwsClient, type AwsOptions, instrumentAwsClient } from './aws/instrument-aws-client.ts';
export { instrumentFetch } from './http/instrument-fetch.ts';
export { type HttpModule, type HttpModules, instrumentHttp } from './http/instrument-http.ts';
export type { Propagator } from './propagator.ts';
