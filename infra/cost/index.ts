/** The public list of estimates. */
export { estimate } from './estimate.ts';
export type { IndexChoice } from './parts/index-items.ts';
export { renderEstimate } from './render.ts';
