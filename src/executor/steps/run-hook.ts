import { resources } from '../../kubernetes/index.js';
import { heldJob } from '../job-pod.js';
import { jobState } from '../job-state.js';
import { hookConfigMap, hookJob, hookObjectName, type HookName } from '../manifests/hook-job.js';
import { StepError } from '../migration-error.js';
import { done, failed, wait, type StepContext, type StepOutcome } from '../step.js';
import type { Hook } from '../work-order.js';

function notStarted({ order }: StepContext, name: HookName, job: string, why: string): StepOutcome {
  const error = new StepError({
    code: `migration.${name}.not-started`,
    what: `The ${name} did not start`,
    subject: order.source.name,
    why: `its Pod does not run: ${why}`,
    remedy: `Give the cluster what the Pod lacks, then retry. The Job ${job} was removed. See: kubectl -n ${order.namespace} get events --field-selector involvedObject.kind=Pod`,
  });
  return failed('hook', error);
}

function hookFailed({ order }: StepContext, name: HookName, job: string, why: string): StepOutcome {
  const error = new StepError({
    code: `migration.${name}.failed`,
    what: `The ${name} failed`,
    subject: order.source.name,
    why,
    remedy: `Mend the hook, then retry. See: kubectl -n ${order.namespace} logs job/${job} --all-containers`,
  });
  return failed('hook', error);
}

/** Starts the hook's Job, once, and follows it to its end. */
export async function runHook(
  context: StepContext,
  name: HookName,
  hook: Hook | undefined,
): Promise<StepOutcome> {
  if (hook === undefined) return done('there is no hook');
  const { order, cluster, configuration, retries } = context;
  const job = hookObjectName(order, name, retries);
  await cluster.ensure(resources.configMap, hookConfigMap(order, job, hook));
  const live = await cluster.ensure(resources.job, hookJob(order, job, hook, configuration));
  const state = jobState(live);
  if (state.type === 'complete') return done(`the ${name} succeeded`);
  if (state.type === 'failed') return hookFailed(context, name, job, state.why);
  const held = await heldJob(cluster, live, context.startedAt, configuration);
  if (held?.givenUp === true) return notStarted(context, name, job, held.why);
  return wait(
    configuration.poll.jobMs,
    held === undefined ? `the ${name} runs` : `the ${name} has not started (${held.why})`,
  );
}
