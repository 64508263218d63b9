import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import {
  catalogue,
  Category,
  concernsCurrent,
  findSimilar,
  rankCauses,
  similarGroups,
  whatIf,
} from '../../concerns/index.js';
import { NeedsRole } from '../access/needs-role.js';
import type { ApiContext } from '../api-context.js';
import { optional } from '../optional-argument.js';
import { AnalysisRequestError } from './analysis-request-error.js';
import { CauseRanking } from './cause-types.js';
import { ConcernRule, concernRule } from './rule-type.js';
import { machineSelection, MachineSelectionInput } from './selection-input.js';
import { ConcernGroup, SimilarMachine } from './similarity-types.js';
import { WhatIf } from './what-if-types.js';

const categoryNamed = (name: string): Category => {
  const category = Object.values(Category).find((known) => known === name);
  if (category !== undefined) return category;
  throw new AnalysisRequestError({
    code: 'analysis.category.unknown',
    what: 'There is no such category',
    subject: name,
    why: `the categories are ${Object.values(Category).join(', ')}`,
    remedy: 'Take one of them',
    retryable: false,
  });
};

/** Concerns over many machines: the rules, their causes, likeness, and what fixing would change. */
@Resolver()
export class AnalysisResolver {
  @Query(() => [ConcernRule], { description: 'The catalogue of rules.' })
  @NeedsRole('viewer')
  concernRules(
    @Arg('provider', () => String, { ...optional, description: 'Only rules for these sources.' })
    provider: string | null,
  ): ConcernRule[] {
    return catalogue
      .filter((rule) => provider === null || rule.provider === provider)
      .map(concernRule);
  }

  @Query(() => Boolean, {
    description:
      'Whether concerns and readiness reflect all that the finished syncs of a source changed.',
  })
  @NeedsRole('viewer')
  concernsCurrent(
    @Ctx() { graph, signal }: ApiContext,
    @Arg('source', () => ID) source: string,
  ): Promise<boolean> {
    return concernsCurrent(graph, source, { signal });
  }

  @Query(() => CauseRanking, {
    description: 'Where fixing one thing frees the most machines of what blocks them.',
  })
  @NeedsRole('viewer')
  rankedCauses(
    @Ctx() { graph, signal }: ApiContext,
    @Arg('where', () => MachineSelectionInput, optional) where: MachineSelectionInput | null,
    @Arg('limit', () => Int, { defaultValue: 20, description: 'At most 1,000.' }) limit: number,
    @Arg('includeWarnings', () => Boolean, {
      defaultValue: false,
      description: 'A machine is free only when it has no warnings either.',
    })
    includeWarnings: boolean,
  ): Promise<CauseRanking> {
    const options = { ...machineSelection(where), limit, includeWarnings, signal };
    return rankCauses(graph, options) as Promise<CauseRanking>;
  }

  @Query(() => [SimilarMachine], {
    description: 'Machines like one machine, or like what several have in common, best first.',
  })
  @NeedsRole('viewer')
  similarMachines(
    @Ctx() { graph, signal }: ApiContext,
    @Arg('to', () => [ID], { description: 'Ids of virtual machines.' }) to: string[],
    @Arg('where', () => MachineSelectionInput, optional) where: MachineSelectionInput | null,
    @Arg('limit', () => Int, { defaultValue: 20, description: 'At most 500.' }) limit: number,
  ): Promise<readonly SimilarMachine[]> {
    return findSimilar(graph, { to, limit, signal, ...machineSelection(where) });
  }

  @Query(() => [ConcernGroup], {
    description: 'Machines on which exactly the same rules fire, greatest groups first.',
  })
  @NeedsRole('viewer')
  concernGroups(
    @Ctx() { graph, signal }: ApiContext,
    @Arg('where', () => MachineSelectionInput, optional) where: MachineSelectionInput | null,
    @Arg('categories', () => [String], {
      ...optional,
      description: 'Only concerns of these categories tell groups apart.',
    })
    categories: string[] | null,
    @Arg('minimumSize', () => Int, { defaultValue: 2 }) minimumSize: number,
    @Arg('members', () => Int, { defaultValue: 5, description: 'At most 1,000.' }) members: number,
    @Arg('limit', () => Int, { defaultValue: 50, description: 'At most 1,000.' }) limit: number,
  ): Promise<ConcernGroup[]> {
    return similarGroups(graph, {
      ...machineSelection(where),
      ...(categories === null ? {} : { categories: categories.map(categoryNamed) }),
      minimumSize,
      members,
      limit,
      signal,
    });
  }

  @Query(() => WhatIf, {
    description: 'The readiness of the estate if these causes were fixed and these rules waived.',
  })
  @NeedsRole('viewer')
  whatIf(
    @Ctx() { graph, signal }: ApiContext,
    @Arg('fixedCauses', () => [ID], { defaultValue: [] }) fixedCauses: string[],
    @Arg('waivedRules', () => [String], { defaultValue: [] }) waivedRules: string[],
    @Arg('where', () => MachineSelectionInput, optional) where: MachineSelectionInput | null,
    @Arg('first', () => Int, { defaultValue: 100, description: 'Freed machines on a page.' })
    limit: number,
    @Arg('after', () => ID, { ...optional, description: 'Last machine of the page before.' })
    after: string | null,
  ): Promise<WhatIf> {
    return whatIf(graph, {
      ...machineSelection(where),
      fixedCauses,
      waivedRules,
      limit,
      signal,
      ...(after === null ? {} : { after }),
    });
  }
}
