import { Field, Float, ObjectType } from 'type-graphql';

@ObjectType({ description: 'The certificate that a source shows.' })
export class SourceCertificate {
  @Field(() => String)
  declare subject: string;

  @Field(() => String)
  declare issuer: string;

  @Field(() => String)
  declare validFrom: string;

  @Field(() => String)
  declare validTo: string;

  @Field(() => String, { description: 'SHA-256 fingerprint; the one that is pinned.' })
  declare sha256: string;

  @Field(() => String, { description: "SHA-1 fingerprint, as the source's own client shows it." })
  declare sha1: string;

  @Field(() => Boolean, { description: 'Its chain leads to a trusted authority, or it is pinned.' })
  declare trusted: boolean;

  @Field(() => String, { nullable: true, description: 'Why it is not trusted.' })
  declare reason?: string | null;
}

@ObjectType({ description: 'Something that verification found.' })
export class SourceFinding {
  @Field(() => String, { description: 'blocker, warning or information.' })
  declare severity: string;

  @Field(() => String)
  declare what: string;

  @Field(() => String, { description: 'What it would prevent.' })
  declare effect: string;

  @Field(() => String)
  declare remedy: string;
}

@ObjectType({ description: 'Privileges of the account on the source.' })
export class SourcePrivileges {
  @Field(() => [String])
  declare present: readonly string[];

  @Field(() => [String])
  declare missing: readonly string[];
}

@ObjectType({ description: 'What a look at a source found, before it is saved.' })
export class SourceVerification {
  @Field(() => Boolean, { description: 'Nothing stands against saving it.' })
  declare ok: boolean;

  @Field(() => SourceCertificate, { nullable: true })
  declare certificate?: SourceCertificate | null;

  @Field(() => String, { nullable: true })
  declare product?: string | null;

  @Field(() => String, { nullable: true })
  declare version?: string | null;

  @Field(() => String, { nullable: true })
  declare instanceId?: string | null;

  @Field(() => Float, { nullable: true, description: "The source's clock minus ours, in seconds." })
  declare clockSkewSeconds?: number | null;

  @Field(() => SourcePrivileges, { nullable: true })
  declare privileges?: SourcePrivileges | null;

  @Field(() => [SourceFinding])
  declare findings: readonly SourceFinding[];
}
