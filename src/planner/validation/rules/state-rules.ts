import { machineRule, when, type Rule } from '../context.js';

export const machineGone = machineRule({
  id: 'machine.gone',
  severity: 'blocker',
  waivable: false,
  forklift: 'VMNotFound',
  meaning: 'The source machine is no longer in the inventory.',
  remedy: 'Take it out of the plan.',
  find: ({ entity, name }, { present }) =>
    when(!present.has(entity), () => ({
      what: `${name} is gone`,
      why: 'the last sync of its source did not find it',
    })),
});

export const inOtherPlan = machineRule({
  id: 'machine.in-other-plan',
  severity: 'blocker',
  waivable: true,
  forklift: 'DuplicateVM',
  meaning: 'Another open plan holds the same source machine.',
  remedy: 'Take it out of one of the plans.',
  find: ({ entity, name }, { otherPlans }) => {
    const plans = otherPlans.get(entity) ?? [];
    return when(plans.length > 0, () => ({
      what: `${name} is in another plan too`,
      why: `it is in ${plans.join(', ')}`,
    }));
  },
});

export const machineMigrated = machineRule({
  id: 'machine.migrated',
  severity: 'blocker',
  waivable: true,
  meaning: 'Another plan has migrated the machine already; a second copy would be made.',
  remedy:
    'Take the machine out of the plan. Where that copy is gone and a new one is wanted, collect the target again, then waive this with a reason.',
  find: ({ entity, name }, { migrated }) =>
    (migrated.get(entity) ?? []).slice(0, 1).map(({ target, machine, run, planName }) => ({
      what: `${name} is migrated already`,
      why:
        run === null
          ? `machine ${machine} of target ${target} says that it was made from it`
          : `run ${run} of plan ${planName ?? ''} made ${machine} of target ${target} from it`,
    })),
});

export const powerStateNotSupported = machineRule({
  id: 'machine.power-state.not-supported',
  severity: 'blocker',
  waivable: false,
  forklift: 'VMPowerStateUnsupported',
  meaning: 'The source machine is suspended or in a power state that is not known.',
  remedy: 'Resume and shut it down, or power it off, then collect the source again.',
  find: ({ name, facts }) =>
    when(facts.powerState !== 'poweredOn' && facts.powerState !== 'poweredOff', () => ({
      what: `${name} is ${facts.powerState ?? 'in an unknown power state'}`,
      why: 'the memory of a suspended guest is not carried over',
    })),
});

export const notConnected = machineRule({
  id: 'machine.not-connected',
  severity: 'blocker',
  waivable: false,
  forklift: 'VMNotFound',
  meaning: 'The manager of the source cannot reach the machine.',
  remedy: 'Reconnect its host or register it again, then collect the source again.',
  find: ({ name, facts }) =>
    when(
      typeof facts.connectionState === 'string' && facts.connectionState !== 'connected',
      () => ({
        what: `${name} is ${facts.connectionState ?? ''}`,
        why: 'its disks cannot be read and its power state cannot be changed',
      }),
    ),
});

export const hostInMaintenance = machineRule({
  id: 'machine.host.maintenance',
  severity: 'warning',
  waivable: true,
  forklift: 'HostNotReady',
  meaning: 'The host of the source machine is in maintenance mode.',
  remedy: 'Wait until the maintenance is over, or move the machine.',
  find: ({ facts }) =>
    when(facts.host?.inMaintenanceMode === true, () => ({
      what: `Host ${facts.host?.name ?? ''} is in maintenance mode`,
      why: 'it may be restarted while disks are read through it',
    })),
});

/** Without a running guest agent nobody can ask the guest to shut down. */
export const guestAgent = machineRule({
  id: 'machine.guest-agent.not-running',
  severity: 'blocker',
  waivable: true,
  forklift: 'GuestToolsIssue',
  meaning: 'The machine runs, and its guest agent, which shuts it down gracefully, does not.',
  remedy:
    'Start the guest agent, shut the machine down by hand, or let the plan power it off hard.',
  find: ({ name, facts }, { plan }) =>
    when(
      facts.powerState === 'poweredOn' && facts.toolsRunningStatus !== 'guestToolsRunning',
      () => ({
        what: `The guest agent of ${name} does not run`,
        why: facts.toolsStatus ?? facts.toolsRunningStatus ?? 'nothing is known of it',
        severity: plan.options.powerOff === 'graceful' ? 'blocker' : 'warning',
      }),
    ),
});

export const consolidationNeeded = machineRule({
  id: 'machine.consolidation-needed',
  severity: 'warning',
  waivable: true,
  forklift: 'VMConsolidationNeeded',
  meaning: 'Snapshot deltas of the source wait for consolidation.',
  remedy: 'Consolidate the disks in vSphere before the migration.',
  find: ({ facts }) =>
    when(facts.consolidationNeeded === true, () => ({
      what: 'The disks need consolidation',
      why: 'reading goes through every delta that was left behind',
    })),
});

export const snapshotsCollapse = machineRule({
  id: 'machine.snapshots.collapse',
  severity: 'information',
  waivable: true,
  forklift: 'VMHasSnapshots',
  meaning: 'The source has snapshots; the target gets the current state of the disks alone.',
  remedy: 'Keep a backup if the older states are needed.',
  find: ({ facts }) =>
    when((facts.snapshotCount ?? 0) > 0, () => ({
      what: `${facts.snapshotCount ?? 0} snapshots are not carried over`,
      why: 'disks are copied as they are now',
    })),
});

export const criticalConcerns = machineRule({
  id: 'machine.concern.critical',
  severity: 'blocker',
  waivable: true,
  forklift: 'VMCriticalConcerns',
  meaning: 'A critical concern was found on the machine.',
  remedy: 'Fix the cause of the concern.',
  find: ({ facts }) =>
    facts.concerns
      .filter(({ category }) => category === 'Critical')
      .map(({ id, label, assessment }) => ({
        what: label,
        why: typeof assessment === 'string' && assessment !== '' ? assessment : `rule ${id}`,
        remedy: `Fix its cause; \`opal causes\` shows where for ${id}.`,
      })),
});

export const stateRules: readonly Rule[] = [
  machineGone,
  inOtherPlan,
  machineMigrated,
  powerStateNotSupported,
  notConnected,
  hostInMaintenance,
  guestAgent,
  consolidationNeeded,
  snapshotsCollapse,
  criticalConcerns,
];
