import { planRule, when, type PlanRule } from '../context.js';

export const namespaceNotValid = planRule({
  id: 'plan.namespace.not-valid',
  severity: 'blocker',
  waivable: false,
  forklift: 'NamespaceNotValid',
  meaning: 'The namespace does not exist in the target, or is being deleted.',
  remedy: 'Create the namespace and collect the target again, or choose another one.',
  find: ({ plan, target }) => {
    const phase = target.namespace?.phase;
    const usable = target.namespace !== undefined && target.namespace !== null;
    return when(!usable || phase === 'Terminating', () => ({
      what: `Namespace ${plan.namespace} cannot be used`,
      why: usable ? 'it is being deleted' : 'the target has no namespace of this name',
      subject: { kind: 'namespace', id: plan.namespace, name: plan.namespace },
    }));
  },
});

export const podSecurityRestricted = planRule({
  id: 'plan.namespace.pod-security',
  severity: 'warning',
  waivable: true,
  forklift: 'RestrictedPodSecurity',
  meaning:
    'The namespace enforces a pod security level that copy and conversion pods may not meet.',
  remedy:
    'Label the namespace with pod-security.kubernetes.io/enforce=privileged for the time of the migration.',
  find: ({ plan, target }) => {
    const level = target.namespace?.podSecurity ?? '';
    return when(level === 'restricted' || level === 'baseline', () => ({
      what: `Namespace ${plan.namespace} enforces the pod security level ${level}`,
      why: 'guest conversion needs more than that level allows',
      subject: { kind: 'namespace', id: plan.namespace, name: plan.namespace },
    }));
  },
});

export const operatorMissing = planRule({
  id: 'plan.target.operator-missing',
  severity: 'blocker',
  waivable: false,
  meaning: 'KubeVirt or CDI is not installed in the target.',
  remedy: 'Install the operator and collect the target again.',
  find: ({ target }) =>
    [
      ['KubeVirt', target.kubevirtVersion, 'it could not run machines'],
      ['CDI', target.cdiVersion, 'disks would have no way into the cluster'],
    ].flatMap(([name, version, why]) =>
      when(version === null || version === undefined, () => ({
        what: `${name ?? ''} is not installed in the target`,
        why: why ?? '',
      })),
    ),
});

export const sourceNotSupported = planRule({
  id: 'plan.source.not-supported',
  severity: 'blocker',
  waivable: false,
  forklift: 'MigrationTypeNotValid',
  meaning: 'Machines of the plan come from a kind of source that cold migration does not support.',
  remedy: 'Narrow the search to machines of vSphere sources and make a new plan.',
  find: ({ plan }) =>
    plan.sources
      .filter(({ kind }) => kind !== 'vsphere')
      .map(({ name, kind }) => ({
        what: `Source ${name} cannot be migrated from`,
        why: `it is of kind ${kind}, and cold migration is made for vsphere`,
      })),
});

export const planEmpty = planRule({
  id: 'plan.empty',
  severity: 'blocker',
  waivable: false,
  forklift: 'VMRefNotValid',
  meaning: 'The plan has no machine.',
  remedy: 'Make a new plan from a search that finds machines.',
  find: ({ machines }) =>
    when(machines.length === 0, () => ({
      what: 'The plan has no machine',
      why: 'all of them were taken out',
    })),
});

export const vddkImageMissing = planRule({
  id: 'plan.vddk-image.missing',
  severity: 'warning',
  waivable: true,
  forklift: 'VDDKInitImageUnavailable',
  meaning: 'Disks are read by VDDK, and the plan names no image with it.',
  remedy:
    'Set the option vddkImage, or make sure that CDI has the image in its ConfigMap v2v-vmware.',
  find: ({ plan, machines }) => {
    const count = machines.filter(({ choices }) => choices.copy.value === 'vddk').length;
    return when(plan.options.vddkImage === undefined && count > 0, () => ({
      what: 'The plan names no VDDK image',
      why: `CDI reads the disks of ${count} machines by VDDK, which it may not ship itself`,
    }));
  },
});

export const targetRules: readonly PlanRule[] = [
  namespaceNotValid,
  podSecurityRestricted,
  operatorMissing,
  sourceNotSupported,
  planEmpty,
  vddkImageMissing,
];
