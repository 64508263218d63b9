import { GraphQLID } from 'graphql';
import { Resolver, Root, Subscription, type SubscribeResolverData } from 'type-graphql';
import type { EventTopic, EventTopics } from '../../events/index.js';
import { NeedsRole } from '../access/needs-role.js';
import type { ApiContext } from '../api-context.js';
import { declareArguments } from '../declare.js';
import { endedBy } from './ended-by.js';
import { InventoryChange, MigrationEvent, SyncProgress } from './event-types.js';

type Data = SubscribeResolverData<unknown, Readonly<Record<string, unknown>>, ApiContext>;

/** Events of a topic of which the field has the value of the argument, where one is given. */
const listenTo =
  <T extends EventTopic>(topic: T, argument: keyof EventTopics[T] & string) =>
  ({ context, args }: Data): AsyncIterable<EventTopics[T]> => {
    const left = new AbortController();
    const signal = AbortSignal.any([context.signal, left.signal]);
    const events = context.services.events.subscribe(topic, signal);
    const wanted = args[argument] ?? undefined;
    const chosen = (async function* () {
      for await (const event of events) {
        if (wanted === undefined || event[argument] === wanted) yield event;
      }
    })();
    return endedBy(chosen, left);
  };

/** What goes on, from the moment of the subscription. What was before is in the graph. */
@Resolver()
export class SubscriptionResolver {
  @Subscription(() => SyncProgress, {
    description: 'Reads of sources as they go on.',
    subscribe: listenTo('syncProgress', 'source'),
  })
  @NeedsRole('viewer')
  syncProgress(@Root() event: SyncProgress): SyncProgress {
    return event;
  }

  @Subscription(() => InventoryChange, {
    description: 'Changes of the inventory and its concerns.',
    subscribe: listenTo('inventoryChanged', 'source'),
  })
  @NeedsRole('viewer')
  inventoryChanged(@Root() event: InventoryChange): InventoryChange {
    return event;
  }

  @Subscription(() => MigrationEvent, {
    description: 'Migrations as they go on.',
    subscribe: listenTo('migrationProgress', 'migration'),
  })
  @NeedsRole('viewer')
  migrationProgress(@Root() event: MigrationEvent): MigrationEvent {
    return event;
  }
}

// Read where a subscription begins, not for every event.
for (const [method, argument] of [
  ['syncProgress', 'source'],
  ['inventoryChanged', 'source'],
  ['migrationProgress', 'migration'],
] as const) {
  const description = `Only events of this ${argument}.`;
  const facts = { type: () => GraphQLID, description, nullable: true };
  declareArguments(SubscriptionResolver, method, { [argument]: facts }, 1);
}
