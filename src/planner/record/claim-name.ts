import { z } from 'zod';
import { defineQuery, type GraphTransaction } from '../../graph/index.js';
import { PlanError } from '../planner-error.js';

export const claimNameQuery = defineQuery({
  file: 'plan/claim-name',
  params: z.object({ plan: z.string(), name: z.string(), at: z.string() }),
  row: z.object({ id: z.string(), state: z.string(), createdBy: z.string() }),
});

/**
 * Makes sure, to the end of the transaction, that no other plan has the name: commands take plans
 * by name. Archived plans give theirs up.
 *
 * @throws PlanError where another plan has it.
 */
export async function claimName(
  transaction: GraphTransaction,
  plan: string,
  name: string,
): Promise<void> {
  const at = new Date().toISOString();
  const [holder] = await transaction.run(claimNameQuery, { plan, name, at });
  if (holder === undefined) return;
  throw new PlanError({
    code: 'plan.name-taken',
    what: 'The name is taken',
    subject: name,
    why: `plan ${holder.id} of ${holder.createdBy} has it (${holder.state})`,
    remedy: 'Choose another name, or delete that plan if nobody needs it.',
  });
}
