import type { Graph } from '../graph/index.js';
import type { Principal } from '../server/access/index.js';
import type { ApiServices } from './services.js';

/** What every resolver is given. */
export interface ApiContext {
  readonly principal: Principal;
  readonly graph: Graph;
  readonly services: ApiServices;
  /** Entries of one page at most. */
  readonly largestPage: number;
  /** Ends when the client goes away. */
  readonly signal: AbortSignal;
}
