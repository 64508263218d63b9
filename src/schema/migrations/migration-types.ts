import { Field, ID, Int, ObjectType } from 'type-graphql';
import { MutationPayload } from '../mutations/user-error.js';
import { Long, Moment } from '../scalars.js';

const some = { nullable: true } as const;

@ObjectType({ description: 'What went wrong, why, and what to do.' })
export class MigrationFailure {
  @Field(() => String)
  declare code: string;

  @Field(() => String)
  declare what: string;

  @Field(() => String)
  declare subject: string;

  @Field(() => String)
  declare why: string;

  @Field(() => String, { description: 'What to do, with the command that shows more.' })
  declare remedy: string;
}

@ObjectType({ description: 'A disk that is being copied.' })
export class MigratingDisk {
  @Field(() => String)
  declare dataVolume: string;

  @Field(() => String, { description: 'Phase in the words of CDI.' })
  declare phase: string;

  @Field(() => Long)
  declare copiedBytes: number;

  @Field(() => Long)
  declare totalBytes: number;

  @Field(() => Int)
  declare restarts: number;
}

@ObjectType({ description: 'How far a copy is.' })
export class CopyProgress {
  @Field(() => Long)
  declare copiedBytes: number;

  @Field(() => Long)
  declare totalBytes: number;

  @Field(() => Long, some)
  declare bytesPerSecond?: number | null | undefined;

  @Field(() => Int, some)
  declare etaSeconds?: number | null | undefined;

  @Field(() => [MigratingDisk])
  declare disks: readonly MigratingDisk[];
}

@ObjectType({ description: 'A step of one machine.' })
export class MigrationStep {
  @Field(() => String)
  declare name: string;

  @Field(() => String, { description: 'forward, or back for a rollback.' })
  declare direction: string;

  @Field(() => String)
  declare state: string;

  @Field(() => Int)
  declare attempts: number;

  @Field(() => Moment, some)
  declare startedAt?: string | null | undefined;

  @Field(() => Moment, some)
  declare endedAt?: string | null | undefined;

  @Field(() => String, { ...some, description: 'What it did, or what it waits for.' })
  declare outcome?: string | null | undefined;

  @Field(() => MigrationFailure, some)
  declare error?: MigrationFailure | null | undefined;

  @Field(() => CopyProgress, some)
  declare progress?: CopyProgress | null | undefined;
}

@ObjectType({ description: 'A machine of a run.' })
export class MigratingVirtualMachine {
  @Field(() => ID)
  declare id: string;

  @Field(() => ID, { description: 'Id of the source machine.' })
  declare entity: string;

  @Field(() => String)
  declare name: string;

  @Field(() => String)
  declare namespace: string;

  @Field(() => String)
  declare targetName: string;

  @Field(() => Int, { description: 'Place in the run, for paging.' })
  declare position: number;

  @Field(() => String)
  declare state: string;

  @Field(() => String, some)
  declare step?: string | null | undefined;

  @Field(() => Long)
  declare copiedBytes: number;

  @Field(() => Long)
  declare totalBytes: number;

  @Field(() => Int, some)
  declare etaSeconds?: number | null | undefined;

  @Field(() => Moment, some)
  declare startedAt?: string | null | undefined;

  @Field(() => Moment, some)
  declare endedAt?: string | null | undefined;

  @Field(() => MigrationFailure, some)
  declare error?: MigrationFailure | null | undefined;

  @Field(() => [MigrationStep])
  declare steps: readonly MigrationStep[];
}

@ObjectType({ description: 'Machines of a run in one state.' })
export class MachinesInState {
  @Field(() => String)
  declare state: string;

  @Field(() => Int)
  declare machines: number;
}

@ObjectType({ description: 'One run of a plan.' })
export class Migration {
  @Field(() => ID)
  declare id: string;

  @Field(() => ID)
  declare plan: string;

  @Field(() => String)
  declare planName: string;

  @Field(() => String)
  declare state: string;

  @Field(() => String)
  declare createdBy: string;

  @Field(() => Moment)
  declare createdAt: string;

  @Field(() => Moment, some)
  declare startedAt?: string | null | undefined;

  @Field(() => Moment, some)
  declare endedAt?: string | null | undefined;
}

@ObjectType({ description: 'How a run stands as a whole.' })
export class MigrationProgress extends Migration {
  @Field(() => [MachinesInState])
  declare machines: readonly MachinesInState[];

  @Field(() => Int)
  declare machineCount: number;

  @Field(() => Long)
  declare copiedBytes: number;

  @Field(() => Long)
  declare totalBytes: number;

  @Field(() => Int, some)
  declare etaSeconds?: number | null | undefined;
}

@ObjectType()
export class MigrationPayload extends MutationPayload {
  @Field(() => MigrationProgress, some)
  declare migration?: MigrationProgress | null;
}
