import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { NetworkDestination, StorageDestination } from '../../planner/index.js';
import { Long } from '../scalars.js';

@ObjectType({ description: 'Where adapters of a source network go.' })
export class NetworkTarget {
  @Field(() => String, { description: 'pod, multus or ignored.' })
  declare type: string;

  @Field(() => String, {
    nullable: true,
    description: 'Namespace of the NetworkAttachmentDefinition.',
  })
  declare namespace?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the NetworkAttachmentDefinition.' })
  declare name?: string | null;
}

@ObjectType({ description: 'A destination that could serve.' })
export class NetworkProposal {
  @Field(() => NetworkTarget)
  declare destination: NetworkTarget;

  @Field(() => Float, { description: '0 to 1.' })
  declare confidence: number;

  @Field(() => [String])
  declare reasons: readonly string[];
}

@ObjectType({ description: 'A source network of the plan and where it goes.' })
export class PlanNetwork {
  @Field(() => ID)
  declare source: string;

  @Field(() => String)
  declare sourceName: string;

  @Field(() => Int, { nullable: true })
  declare vlanId: number | null;

  @Field(() => NetworkTarget, { nullable: true, description: 'Null while nobody has decided.' })
  declare destination: NetworkTarget | null;

  @Field(() => Float, { description: '0 to 1; a choice of a person is 1.' })
  declare confidence: number;

  @Field(() => [String])
  declare reasons: readonly string[];

  @Field(() => [NetworkProposal])
  declare alternatives: readonly NetworkProposal[];

  @Field(() => Boolean, { description: 'A person chose it.' })
  declare edited: boolean;
}

@ObjectType({ description: 'Where disks of a datastore go.' })
export class StorageTarget {
  @Field(() => String)
  declare storageClass: string;

  @Field(() => String, { nullable: true })
  declare accessMode?: string | null | undefined;

  @Field(() => String, { nullable: true })
  declare volumeMode?: string | null | undefined;
}

@ObjectType({ description: 'A storage class that could serve.' })
export class StorageProposal {
  @Field(() => StorageTarget)
  declare destination: StorageTarget;

  @Field(() => Float, { description: '0 to 1.' })
  declare confidence: number;

  @Field(() => [String])
  declare reasons: readonly string[];
}

@ObjectType({ description: 'A datastore of the plan and where its disks go.' })
export class PlanStorage {
  @Field(() => ID)
  declare source: string;

  @Field(() => String)
  declare sourceName: string;

  @Field(() => Long, { description: "Sum of the capacities of the plan's disks on it, in bytes." })
  declare requiredBytes: number;

  @Field(() => StorageTarget, { nullable: true, description: 'Null while nobody has decided.' })
  declare destination: StorageTarget | null;

  @Field(() => Float)
  declare confidence: number;

  @Field(() => [String])
  declare reasons: readonly string[];

  @Field(() => [StorageProposal])
  declare alternatives: readonly StorageProposal[];

  @Field(() => Boolean, { description: 'A person chose it.' })
  declare edited: boolean;
}

@InputType('NetworkTargetInput')
export class NetworkTargetInput {
  @Field(() => String, { description: 'pod, multus or ignored.' })
  declare type: string;

  @Field(() => String, { nullable: true })
  declare namespace?: string | null;

  @Field(() => String, { nullable: true })
  declare name?: string | null;
}

@InputType('StorageTargetInput')
export class StorageTargetInput {
  @Field(() => String)
  declare storageClass: string;

  @Field(() => String, { nullable: true, description: 'ReadWriteOnce, ReadWriteMany, …' })
  declare accessMode?: string | null;

  @Field(() => String, { nullable: true, description: 'Block or Filesystem.' })
  declare volumeMode?: string | null;
}

/** Leaves out what is null: the planner tells the left out from the given, and checks both. */
const given = (input: object): unknown =>
  Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== null && value !== undefined),
  );

/** The planner parses what it is given, and says what does not fit. */
export const networkDestination = (input: NetworkTargetInput | null): NetworkDestination | null =>
  input === null ? null : (given(input) as NetworkDestination);

export const storageDestination = (input: StorageTargetInput | null): StorageDestination | null =>
  input === null ? null : (given(input) as StorageDestination);
