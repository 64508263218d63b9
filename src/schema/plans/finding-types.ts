import { Field, ID, ObjectType } from 'type-graphql';
import { Moment } from '../scalars.js';

@ObjectType({ description: 'What a finding is about.' })
export class FindingSubject {
  @Field(() => String, {
    description: 'plan, machine, network, datastore, storageClass, node, namespace.',
  })
  declare kind: string;

  @Field(() => ID)
  declare id: string;

  @Field(() => String)
  declare name: string;
}

@ObjectType({ description: 'Something that validation found.' })
export class PlanFinding {
  @Field(() => String, { description: 'Id of the check.' })
  declare id: string;

  @Field(() => String, { description: 'blocker, warning or information.' })
  declare severity: string;

  @Field(() => FindingSubject)
  declare subject: FindingSubject;

  @Field(() => String)
  declare what: string;

  @Field(() => String)
  declare why: string;

  @Field(() => String, { description: 'What to do.' })
  declare remedy: string;

  @Field(() => Boolean, { description: 'Somebody may answer for running the plan all the same.' })
  declare waivable: boolean;

  @Field(() => Boolean, {
    description: 'Somebody answers for it; a blocker that is waived blocks nothing.',
  })
  declare waived: boolean;
}

@ObjectType({ description: 'A finding that a person answers for.' })
export class PlanWaiver {
  @Field(() => String, { description: 'Id of the check.' })
  declare finding: string;

  @Field(() => ID, { nullable: true, description: 'The machine; null for the plan as a whole.' })
  declare machine: string | null;

  @Field(() => String)
  declare reason: string;

  @Field(() => String)
  declare by: string;

  @Field(() => Moment)
  declare at: string;
}
