import { Field, Float, ID, ObjectType } from 'type-graphql';
import { Long, Moment } from '../scalars.js';

@ObjectType({ description: 'How far a read of a source is.' })
export class SyncProgress {
  @Field(() => ID)
  declare source: string;

  @Field(() => Long, { description: 'Number of the sync.' })
  declare sync: number;

  @Field(() => String, { description: 'What it is doing, or how it ended.' })
  declare phase: string;

  @Field(() => String, { nullable: true, description: 'Kind of the object that was read last.' })
  declare kind?: string;

  @Field(() => Long, { description: 'Objects read so far.' })
  declare seen: number;

  @Field(() => Long, { nullable: true, description: 'Objects in all, where the source can tell.' })
  declare total?: number;

  @Field(() => Float, { nullable: true, description: 'Objects a second.' })
  declare ratePerSecond?: number;

  @Field(() => Long, { nullable: true, description: 'Seconds that are left, as an estimate.' })
  declare etaSeconds?: number;

  @Field(() => String, { nullable: true, description: 'Why it ended, where it failed.' })
  declare error?: string;
}

@ObjectType({ description: 'The inventory of a source, or its concerns, is different now.' })
export class InventoryChange {
  @Field(() => ID)
  declare source: string;

  @Field(() => Long, { description: 'Number of the sync.' })
  declare sync: number;

  @Field(() => String, { description: 'How the source was read.' })
  declare mode: string;

  @Field(() => Long)
  declare added: number;

  @Field(() => Long)
  declare changed: number;

  @Field(() => Long)
  declare removed: number;
}

@ObjectType({ description: 'Why a step of a migration did not succeed.' })
export class MigrationEventError {
  @Field(() => String)
  declare code: string;

  @Field(() => String)
  declare message: string;
}

@ObjectType({ description: 'A migration, one of its machines, or a step of one went on.' })
export class MigrationEvent {
  @Field(() => ID)
  declare migration: string;

  @Field(() => ID, { nullable: true, description: 'The machine, where it is about one.' })
  declare virtualMachine?: string;

  @Field(() => String, { nullable: true, description: 'Name of the machine.' })
  declare name?: string;

  @Field(() => String, { description: 'State of the machine, or of the migration.' })
  declare state: string;

  @Field(() => String, { nullable: true })
  declare step?: string;

  @Field(() => String, { nullable: true })
  declare stepState?: string;

  @Field(() => Long, { nullable: true, description: 'Bytes copied so far.' })
  declare copiedBytes?: number;

  @Field(() => Long, { nullable: true, description: 'Bytes to copy.' })
  declare totalBytes?: number;

  @Field(() => Float, { nullable: true, description: 'Seconds that are left, as an estimate.' })
  declare etaSeconds?: number;

  @Field(() => MigrationEventError, { nullable: true })
  declare error?: MigrationEventError;

  @Field(() => Moment)
  declare at: string;
}
