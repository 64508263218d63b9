import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Moment } from '../scalars.js';

@ObjectType({
  description: 'One line of the audit: what somebody was about to do, or how it ended.',
})
export class AuditEntry {
  @Field(() => ID)
  declare id: string;

  @Field(() => Moment)
  declare at: string;

  @Field(() => String)
  declare actor: string;

  @Field(() => String)
  declare role: string;

  @Field(() => String)
  declare action: string;

  @Field(() => String, { description: 'Id of what it was done to.' })
  declare subject: string;

  @Field(() => ID, { description: 'The same for the intent and the outcome of one action.' })
  declare operation: string;

  @Field(() => String, { description: 'intent, done, failed or denied.' })
  declare phase: string;

  @Field(() => String, { description: 'What else was known, as JSON, without secrets.' })
  declare details: string;

  @Field(() => String, { description: 'Hash over this entry and the one before.' })
  declare hash: string;
}

@ObjectType({ description: 'Whether the audit is as it was written.' })
export class AuditVerdict {
  @Field(() => Boolean)
  declare intact: boolean;

  @Field(() => Int, { description: 'Sound entries, from the first on.' })
  declare entries: number;

  @Field(() => ID, { nullable: true, description: 'The first entry that is not sound.' })
  declare at?: string;

  @Field(() => String, { nullable: true, description: 'What is wrong with it.' })
  declare why?: string;
}
