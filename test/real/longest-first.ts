import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute or more. Begun last, one of them would run on while other lanes idle. */
const longest = [
  'test/kill/kill.test.ts',
  'test/server/process/server-process.test.ts',
  'test/readme/tour.test.ts',
  'test/executor/cold-migration.test.ts',
  'test/concerns/evaluate-concerns.test.ts',
  'test/executor/target-start.test.ts',
  'test/schema/selections.test.ts',
  'test/executor/limits.test.ts',
  'test/executor/virt-v2v.test.ts',
  'test/planner/real-target.test.ts',
  'test/executor/plan-to-target.test.ts',
  'test/executor/lost-answers.test.ts',
  'test/planner/plan.test.ts',
];

function rank({ moduleId }: TestSpecification): number {
  const place = longest.findIndex((file) => moduleId.endsWith(file));
  return place === -1 ? longest.length : place;
}

/** The order of vitest, which knows durations only where it ran before, but for the longest files. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}
