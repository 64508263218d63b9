import type { V1ConfigMap, V1Job } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import { objectName } from '../object-names.js';
import type { ExecutorConfiguration } from '../configuration.js';
import type { ManifestOf } from '../manifest.js';
import type { Hook, WorkOrder } from '../work-order.js';

export type HookName = 'pre-hook' | 'post-hook';

const mountPath = '/tmp/hook';
const runnerCommand = [
  '/bin/entrypoint',
  'ansible-runner',
  '-p',
  `${mountPath}/playbook.yml`,
  'run',
  '/tmp/runner',
];

/** Name of a hook's Job and ConfigMap; a retry gets a new one, since a Job runs only once. */
export const hookObjectName = (order: WorkOrder, hook: HookName, retries: number): string =>
  objectName(order.plan, order.source.id, retries === 0 ? hook : `${hook}-r${String(retries)}`);

/** What the hook may know: the machine, the plan's part for it, and the playbook to play. */
export function hookConfigMap(order: WorkOrder, name: string, hook: Hook): ManifestOf<V1ConfigMap> {
  const { plan, planName, namespace, targetName, targetPower, source, virtualMachine } = order;
  const disks = order.disks.map(({ key, file, capacityBytes }) => ({ key, file, capacityBytes }));
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data: {
      'workload.yml': stringify({ vm: { ...source, disks } }),
      'plan.yml': stringify({ plan, planName, namespace, targetName, targetPower, virtualMachine }),
      ...(hook.playbook === undefined ? {} : { 'playbook.yml': hook.playbook }),
    },
  };
}

/** Runs the hook's image once, with the ConfigMap of the same name mounted. */
export function hookJob(
  order: WorkOrder,
  name: string,
  hook: Hook,
  configuration: ExecutorConfiguration,
): ManifestOf<V1Job> {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: order.namespace },
    spec: {
      backoffLimit: configuration.hookRetries,
      activeDeadlineSeconds: hook.deadlineSeconds ?? configuration.hookDeadlineSeconds,
      template: {
        metadata: { labels: { 'app.kubernetes.io/managed-by': 'opal' } },
        spec: {
          restartPolicy: 'Never',
          ...(hook.serviceAccount === undefined
            ? { automountServiceAccountToken: false }
            : { serviceAccountName: hook.serviceAccount }),
          containers: [
            {
              name: 'hook',
              image: hook.image,
              ...(hook.playbook === undefined ? {} : { command: runnerCommand }),
              resources: {
                requests: { cpu: '100m', memory: '150Mi' },
                limits: { cpu: '1', memory: '1Gi' },
              },
              volumeMounts: [{ name: 'hook', mountPath }],
            },
          ],
          volumes: [{ name: 'hook', configMap: { name } }],
        },
      },
    },
  };
}
