import { Field, ID, InputType } from 'type-graphql';
import type { MachineSelection } from '../../concerns/index.js';
import { parseSearch, type Filter } from '../../search/index.js';
import { AnalysisRequestError } from './analysis-request-error.js';

@InputType('MachineSelection', {
  description:
    'Virtual machines, by their ids or by a search. Both together: those that are in both.',
})
export class MachineSelectionInput {
  @Field(() => [ID], { nullable: true, description: 'Ids of virtual machines.' })
  declare ids?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "The search language, for instance: vms where host.cluster.name = 'prod'.",
  })
  declare search?: string | null;
}

const searchFilter = (text: string): Filter => {
  const search = parseSearch(text);
  if (search.kind === 'VirtualMachine') return search.filter ?? { type: 'and', filters: [] };
  throw new AnalysisRequestError({
    code: 'analysis.selection.kind',
    what: 'The selection is not of virtual machines',
    subject: text,
    why: `it searches ${search.kind}`,
    remedy: "Start it with 'vms where', and reach other objects by their names, as in host.name",
    retryable: false,
  });
};

/** What the caller selected, undefined where everything. Throws SearchError. */
export const machineSelection = (
  input: MachineSelectionInput | null | undefined,
): { readonly where?: MachineSelection } => {
  const ids = input?.ids ?? undefined;
  const filter = input?.search ? searchFilter(input.search) : undefined;
  if (ids === undefined && filter === undefined) return {};
  if (filter === undefined) return { where: { ids: ids ?? [] } };
  const inIds: Filter[] = ids === undefined ? [] : [{ type: 'oneOf', path: ['id'], values: ids }];
  return { where: { filter: { type: 'and', filters: [...inIds, filter] } } };
};
