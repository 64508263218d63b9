import { Field, ObjectType } from 'type-graphql';

/** Something a person can mend: what was refused, why, and what to do. */
@ObjectType('UserError', { description: 'Why a change was not made, and what to do.' })
export class UserError {
  @Field(() => String, { description: 'Stable, machine-readable, dotted.' })
  declare code: string;

  @Field(() => String, { description: 'What happened, to which object, why, and what to do.' })
  declare message: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it is about: an argument or an object.',
  })
  declare field: string | null;

  @Field(() => String, { nullable: true, description: 'What to do next.' })
  declare remedy: string | null;

  @Field(() => Boolean, { description: 'True where trying again may help without any change.' })
  declare retryable: boolean;
}

/** What every mutation answers with; the rest is null where an error is given. */
@ObjectType({ description: 'Answer of a mutation.' })
export class MutationPayload {
  @Field(() => [UserError], { description: 'Empty where the change was made.' })
  declare userErrors: UserError[];
}
