import { z } from 'zod';
import { resources, type KubernetesObject } from '../../kubernetes/index.js';
import { heldJob } from '../job-pod.js';
import { jobState } from '../job-state.js';
import { logExcerpt } from '../log-excerpt.js';
import {
  conversionConfigMap,
  conversionContainer,
  conversionDisk,
  conversionJob,
  conversionObjectName,
  type ConversionSource,
} from '../manifests/conversion-job.js';
import type { ConversionDisk } from '../manifests/libvirt-domain.js';
import { StepError } from '../migration-error.js';
import { done, failed, wait, type Step, type StepContext, type StepOutcome } from '../step.js';

const claimSchema = z.object({ spec: z.object({ volumeMode: z.string().optional() }).optional() });

const isBlock = (claim: KubernetesObject | undefined): boolean =>
  claim !== undefined && claimSchema.parse(claim).spec?.volumeMode === 'Block';

async function conversionDisks({ order, cluster }: StepContext): Promise<ConversionDisk[]> {
  const disks: ConversionDisk[] = [];
  for (const [index, disk] of order.disks.entries()) {
    const { name } = disk.dataVolume.metadata;
    const claim = await cluster.get(resources.persistentVolumeClaim, name);
    disks.push(conversionDisk(name, index, isBlock(claim)));
  }
  return disks;
}

async function copySource(context: StepContext): Promise<ConversionSource | undefined> {
  if (context.order.copy !== 'virt-v2v') return undefined;
  const address = await context.source.conversionAddress();
  if (address === undefined) {
    throw new StepError({
      code: 'migration.conversion.source-missing',
      what: 'The guest cannot be copied',
      subject: context.order.source.name,
      why: 'the source no longer knows the machine, or it is registered on no host',
      remedy: 'Put that right in the source, then retry',
    });
  }
  const { thumbprint } = await context.importerCredentials();
  return { ...address, thumbprint };
}

async function conversionFailed(
  { order, cluster }: StepContext,
  job: string,
  why: string,
): Promise<StepOutcome> {
  const excerpt = logExcerpt((await cluster.jobLog(job, conversionContainer)) ?? '');
  const error = new StepError({
    code: 'migration.conversion.failed',
    what: 'The guest could not be converted',
    subject: order.source.name,
    why: excerpt === '' ? why : `${why}. Its log ends with: ${excerpt}`,
    remedy:
      'virt-v2v says in its log what it could not do; mend that in the source, cancel and plan again, ' +
      `or retry where the cause was outside. See: kubectl -n ${order.namespace} logs job/${job} --tail=200`,
  });
  return failed('conversion', error);
}

function notStarted({ order }: StepContext, job: string, why: string): StepOutcome {
  const error = new StepError({
    code: 'migration.conversion.not-started',
    what: 'The conversion of the guest did not start',
    subject: order.source.name,
    why: `its Pod does not run: ${why}`,
    remedy:
      'Give the cluster what the Pod lacks, then retry: the disks stay as they are, and nothing is copied again. ' +
      `The Job ${job} was removed. See: kubectl -n ${order.namespace} get events --field-selector involvedObject.kind=Pod`,
  });
  return failed('conversion', error);
}

/** Prepares the guest for its new hypervisor; where the plan says so, virt-v2v copies it too. */
export const convertGuest: Step = {
  name: 'convert-guest',
  async ensure(context) {
    const { order, cluster, configuration, retries } = context;
    const name = conversionObjectName(order, retries);
    let job = await cluster.own(resources.job, name);
    if (job === undefined) {
      const disks = await conversionDisks(context);
      await cluster.ensure(resources.configMap, conversionConfigMap(order, name, disks));
      const source = await copySource(context);
      job = await cluster.ensure(
        resources.job,
        conversionJob(order, name, disks, source, configuration),
      );
    }
    const state = jobState(job);
    if (state.type === 'complete') return done('the guest is converted');
    if (state.type === 'failed') return conversionFailed(context, name, state.why);
    const held = await heldJob(cluster, job, context.startedAt, configuration);
    if (held?.givenUp === true) return notStarted(context, name, held.why);
    return wait(
      configuration.poll.jobMs,
      held === undefined
        ? 'the guest is being converted'
        : `the conversion has not started (${held.why})`,
    );
  },
};
