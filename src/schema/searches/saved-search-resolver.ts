import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import {
  findSavedSearch,
  listSavedSearches,
  parseSearch,
  removeSavedSearch,
  saveSearch,
} from '../../search/index.js';
import { NeedsRole } from '../access/needs-role.js';
import type { ApiContext } from '../api-context.js';
import { attempt } from '../mutations/attempt.js';
import { listSize } from '../paging/page-request.js';
import { RemovedSearchPayload, SavedSearch, SavedSearchPayload } from './saved-search-type.js';

@Resolver()
export class SavedSearchResolver {
  @Query(() => [SavedSearch], { description: 'Saved searches in the order of their names.' })
  @NeedsRole('viewer')
  savedSearches(
    @Ctx() { graph, largestPage }: ApiContext,
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, {
      nullable: true,
      defaultValue: null,
      description: 'Name of the last one before.',
    })
    after: string | null,
  ): Promise<readonly SavedSearch[]> {
    const limit = listSize(first, largestPage);
    return listSavedSearches(graph, { limit, ...(after === null ? {} : { after }) });
  }

  @Query(() => SavedSearch, { description: 'A saved search by its name or id.' })
  @NeedsRole('viewer')
  savedSearch(
    @Ctx() { graph }: ApiContext,
    @Arg('name', () => String) name: string,
  ): Promise<SavedSearch> {
    return findSavedSearch(graph, name);
  }

  @Mutation(() => SavedSearchPayload, {
    description: 'Keeps a search under a name, in place of the one that had it.',
  })
  @NeedsRole('planner')
  saveSearch(
    @Ctx() context: ApiContext,
    @Arg('name', () => String) name: string,
    @Arg('search', () => String, { description: 'The search language.' }) search: string,
    @Arg('description', () => String, { nullable: true, defaultValue: null })
    description: string | null,
  ): Promise<SavedSearchPayload> {
    const action = { action: 'saveSearch', subject: name, details: { search } };
    return attempt(context, action, async () => {
      const parsed = parseSearch(search);
      const described = description === null ? {} : { description };
      const toSave = { name, search: parsed, ...described };
      return { savedSearch: await saveSearch(context.graph, toSave, context.principal.name) };
    });
  }

  @Mutation(() => RemovedSearchPayload, {
    description: 'Removes a saved search. Plans that were made from it keep their own copy.',
  })
  @NeedsRole('planner')
  removeSavedSearch(
    @Ctx() context: ApiContext,
    @Arg('id', () => ID) id: string,
  ): Promise<RemovedSearchPayload> {
    return attempt(context, { action: 'removeSavedSearch', subject: id }, async () => ({
      removed: await removeSavedSearch(context.graph, id),
    }));
  }
}
