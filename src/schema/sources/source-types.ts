import { Field, ID, Int, ObjectType } from 'type-graphql';
import { MutationPayload } from '../mutations/user-error.js';
import { Moment } from '../scalars.js';
import { SourceVerification } from './verification-types.js';

@ObjectType({ description: 'Something of a source that could not be read.' })
export class Omission {
  @Field(() => String, { description: 'Kind of object, or source.' })
  declare kind: string;

  @Field(() => String, { nullable: true, description: 'The object, where it is one.' })
  declare externalId?: string | null | undefined;

  @Field(() => String, { description: 'Property, privilege or address that was refused.' })
  declare what: string;

  @Field(() => String, { description: "The source's own words." })
  declare why: string;
}

@ObjectType({ description: 'A source of inventory. Its secrets are sealed and never shown.' })
export class Source {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare name: string;

  @Field(() => String, { description: 'vsphere, kubevirt, …' })
  declare kind: string;

  @Field(() => String, { description: 'draft or saved.' })
  declare state: string;

  @Field(() => String, { nullable: true })
  declare address: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the accepted certificate.' })
  declare fingerprint: string | null;

  @Field(() => String, { nullable: true })
  declare product: string | null;

  @Field(() => String, { nullable: true })
  declare version: string | null;

  @Field(() => String, { nullable: true })
  declare instanceId: string | null;

  @Field(() => Int, { nullable: true, description: 'How often it promises to be read.' })
  declare intervalSeconds: number | null;

  @Field(() => Moment)
  declare createdAt: string;

  @Field(() => Moment, { nullable: true, description: 'When a draft is dropped.' })
  declare expiresAt: string | null;

  @Field(() => Int, { nullable: true, description: 'Number of its last sync.' })
  declare lastSync: number | null;

  @Field(() => Int, { nullable: true, description: 'Number of its last complete sync.' })
  declare lastComplete: number | null;

  @Field(() => Moment, { nullable: true })
  declare lastCompleteAt: string | null;

  @Field(() => Moment, { nullable: true, description: 'When anything was last read from it.' })
  declare lastReadAt: string | null;

  @Field(() => String, { nullable: true })
  declare lastError: string | null;

  @Field(() => Moment, { nullable: true, description: 'Since when it owes a read.' })
  declare staleSince: string | null;

  @Field(() => Int, { nullable: true, description: 'How much of it could not be read.' })
  declare omissionCount: number | null;

  @Field(() => [Omission], { description: 'The first of what could not be read.' })
  declare omissions: readonly Omission[];
}

@ObjectType({ description: 'Counts of one kind of object in one sync.' })
export class KindCount {
  @Field(() => String)
  declare kind: string;

  @Field(() => Int)
  declare seen: number;

  @Field(() => Int)
  declare added: number;

  @Field(() => Int)
  declare changed: number;

  @Field(() => Int)
  declare unchanged: number;

  @Field(() => Int)
  declare removed: number;
}

@ObjectType({ description: 'One read of one source.' })
export class Sync {
  @Field(() => Int)
  declare number: number;

  @Field(() => String, { description: 'full, changes or replay.' })
  declare mode: string;

  @Field(() => String, {
    description: 'running, complete, needsConfirmation, failed or cancelled.',
  })
  declare status: string;

  @Field(() => Moment)
  declare startedAt: string;

  @Field(() => Moment, { nullable: true })
  declare endedAt: string | null;

  @Field(() => [KindCount])
  declare counts: readonly KindCount[];

  @Field(() => Int, { nullable: true })
  declare omissionCount: number | null;

  @Field(() => Int, { nullable: true, description: 'Relationships to what was never seen.' })
  declare danglingCount: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Kinds of which so much would go that a person has to confirm it, as JSON.',
  })
  declare held: string | null;

  @Field(() => String, { nullable: true })
  declare error: string | null;
}

@ObjectType()
export class VerifiedSourcePayload extends MutationPayload {
  @Field(() => Source, { nullable: true })
  declare source?: Source | null;

  @Field(() => SourceVerification, { nullable: true })
  declare verification?: SourceVerification | null;
}

@ObjectType()
export class SourcePayload extends MutationPayload {
  @Field(() => Source, { nullable: true })
  declare source?: Source | null;
}

@ObjectType()
export class RemovedSourcePayload extends MutationPayload {
  @Field(() => ID, { nullable: true })
  declare id?: string | null;
}
