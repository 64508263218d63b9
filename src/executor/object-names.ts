import { digest } from '../planner/digest.js';
import { machineKey } from '../planner/names/object-names.js';

/**
 * Name of a helper object of one machine's migration, for instance `opal-1f0c22ab-9d21e07cc4f1-convert`.
 * The same plan and machine always give the same name, so that a second attempt meets the first
 * one's object instead of making another.
 *
 * @param sourceMachine id of the source machine in the graph.
 */
export const objectName = (planId: string, sourceMachine: string, part: string): string =>
  `opal-${digest(planId, 8)}-${machineKey(sourceMachine)}-${part}`;
