import { Field, Int, ObjectType } from 'type-graphql';
import { catalogueVersion, type Rule } from '../../concerns/index.js';

@ObjectType({ description: 'A rule of the catalogue, whether it fires or not.' })
export class ConcernRule {
  @Field(() => String, { description: "Id, the same as in Forklift's catalogue where it has one." })
  declare id: string;

  @Field(() => String, {
    description: 'Critical blocks a migration; Warning, Information, Advisory.',
  })
  declare category: string;

  @Field(() => String, { description: 'Title, without values.' })
  declare label: string;

  @Field(() => String, { description: 'Sources it is for: vmware, ovirt, openstack, ova.' })
  declare provider: string;

  @Field(() => String, { description: 'When it fires.' })
  declare fires: string;

  @Field(() => String, { description: 'What it does to a migration.' })
  declare effect: string;

  @Field(() => String, { description: 'What to do about it.' })
  declare remedy: string;

  @Field(() => String, { nullable: true, description: "Where it differs from Forklift's rule." })
  declare deviation: string | null;

  @Field(() => [String], { description: 'Kinds of object at which one fixes it.' })
  declare causeKinds: string[];

  @Field(() => String, { description: 'Why one place is one cause.' })
  declare causeReason: string;

  @Field(() => Int, { description: 'Version of the rule.' })
  declare version: number;

  @Field(() => String, { description: 'Version of the catalogue.' })
  declare catalogue: string;
}

export const concernRule = (rule: Rule): ConcernRule => ({
  id: rule.id,
  category: rule.category,
  label: rule.label,
  provider: rule.provider,
  fires: rule.fires,
  effect: rule.effect,
  remedy: rule.remedy,
  deviation: rule.deviation ?? null,
  causeKinds: [...rule.causeKinds],
  causeReason: rule.causeReason,
  version: rule.version,
  catalogue: catalogueVersion,
});
