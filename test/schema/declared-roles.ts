import { kinds } from '../../src/graph/index.js';
import { rootFieldOf } from '../../src/schema/inventory/kind-names.js';
import type { Role } from '../../src/server/access/index.js';

export type Operation = 'query' | 'mutation' | 'subscription';

const under = (role: Role, fields: string): [string, Role][] =>
  fields
    .trim()
    .split(/\s+/u)
    .map((field) => [field, role]);

/**
 * Who may use which root field, written down once more by hand. A new field has to be added here by
 * somebody who has thought about it.
 */
export const declaredRoles: Readonly<Record<Operation, ReadonlyMap<string, Role>>> = {
  query: new Map([
    ...under('viewer', kinds.map(rootFieldOf).join(' ')),
    ...under(
      'viewer',
      `aggregate concernGroups concernRules concernsCurrent diff fullText histogram me migratingVirtualMachines
       migration migrations model neighbours node nodes paths plan planDrift planYaml
       plannedVirtualMachines plans rankedCauses savedSearch savedSearches search similarMachines concernsCurrent
       source sources subgraph syncs tree whatIf`,
    ),
    ...under('admin', 'audit auditVerdict tokens'),
  ]),
  mutation: new Map([
    ...under(
      'planner',
      `createPlanFromSearch deletePlan removePlannedVirtualMachines removeSavedSearch revokeWaiver
       saveSearch updateNetworkMapping updatePlan updatePlannedVirtualMachine updateStorageMapping
       validatePlan waiveFinding`,
    ),
    ...under(
      'operator',
      'cancelMigration pauseMigration resumeMigration retryMigration startMigration startSync',
    ),
    ...under(
      'admin',
      'createToken draftSource reconfigureSource removeSource revokeToken saveSource verifySource',
    ),
  ]),
  subscription: new Map(under('viewer', 'inventoryChanged migrationProgress syncProgress')),
};
