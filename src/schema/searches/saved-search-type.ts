import { Field, ID, Int, ObjectType } from 'type-graphql';
import { MutationPayload } from '../mutations/user-error.js';
import { Moment } from '../scalars.js';

@ObjectType({ description: 'A search that people keep under a name.' })
export class SavedSearch {
  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare name: string;

  @Field(() => String, { nullable: true })
  declare description: string | null;

  @Field(() => String, { description: 'Kind of object that it finds.' })
  declare kind: string;

  @Field(() => String, { description: 'The search in the language.' })
  declare text: string;

  @Field(() => Int, { description: 'Version of the form it was saved in.' })
  declare version: number;

  @Field(() => Moment)
  declare createdAt: string;

  @Field(() => String)
  declare createdBy: string;

  @Field(() => Moment)
  declare changedAt: string;

  @Field(() => String)
  declare changedBy: string;
}

@ObjectType()
export class SavedSearchPayload extends MutationPayload {
  @Field(() => SavedSearch, { nullable: true })
  declare savedSearch?: SavedSearch | null;
}

@ObjectType()
export class RemovedSearchPayload extends MutationPayload {
  @Field(() => Boolean, { nullable: true, description: 'Whether there was one.' })
  declare removed?: boolean | null;
}
