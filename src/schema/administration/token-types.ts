import { Field, ID, ObjectType } from 'type-graphql';
import { MutationPayload } from '../mutations/user-error.js';
import { Moment } from '../scalars.js';

@ObjectType({ description: 'What is known of a token; its text is known to its holder alone.' })
export class Token {
  @Field(() => ID)
  declare id: string;

  @Field(() => String, { description: 'Who or what holds it.' })
  declare name: string;

  @Field(() => String, { description: 'viewer, planner, operator or admin.' })
  declare role: string;

  @Field(() => Moment)
  declare createdAt: string;

  @Field(() => String)
  declare createdBy: string;

  @Field(() => Moment, { nullable: true })
  declare expiresAt: string | null;

  @Field(() => Moment, { nullable: true })
  declare revokedAt: string | null;
}

@ObjectType()
export class CreatedTokenPayload extends MutationPayload {
  @Field(() => String, { nullable: true, description: 'The token itself, shown this once.' })
  declare text?: string | null;

  @Field(() => Token, { nullable: true })
  declare token?: Token | null;
}

@ObjectType()
export class RevokedTokenPayload extends MutationPayload {
  @Field(() => Token, { nullable: true })
  declare token?: Token | null;
}

@ObjectType({ description: 'Who makes the request.' })
export class Me {
  @Field(() => String)
  declare name: string;

  @Field(() => String, { description: 'viewer, planner, operator or admin.' })
  declare role: string;

  @Field(() => ID)
  declare tokenId: string;
}
