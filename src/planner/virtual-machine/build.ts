import type { Blueprint } from './blueprint.js';
import { clockOf } from './clock.js';
import { cpuOf } from './cpu.js';
import { diskDevicesOf, volumesOf } from './disks.js';
import { featuresOf } from './features.js';
import { firmwareOf } from './firmware.js';
import { inputsOf } from './inputs.js';
import type { JsonObject, Manifest } from './manifest.js';
import { matchersOf } from './matchers.js';
import { memoryOf } from './memory.js';
import { machineAnnotations, machineLabels, ownLabels } from './metadata.js';
import { interfacesOf, networksOf } from './nics.js';
import { runStrategyOf } from './run-strategy.js';
import { tpmOf } from './tpm.js';

function devicesOf(blueprint: Blueprint): JsonObject {
  const interfaces = interfacesOf(blueprint);
  return {
    disks: diskDevicesOf(blueprint),
    interfaces,
    inputs: inputsOf(blueprint),
    tpm: tpmOf(blueprint.machine),
    // KubeVirt would put a machine without adapters on the pod network.
    ...(interfaces.length === 0 ? { autoattachPodInterface: false } : {}),
  };
}

function domainOf(blueprint: Blueprint): JsonObject {
  const { machine, choices } = blueprint;
  const hasInstanceType = choices.instanceType.value !== null;
  const cpu = cpuOf(machine, hasInstanceType);
  return {
    ...(Object.keys(cpu).length === 0 ? {} : { cpu }),
    ...(hasInstanceType ? {} : { memory: memoryOf(machine) }),
    firmware: firmwareOf(machine),
    features: featuresOf(blueprint),
    clock: clockOf(blueprint),
    devices: devicesOf(blueprint),
  };
}

/** The KubeVirt VirtualMachine for a source machine. The same blueprint gives the same manifest. */
export function buildVirtualMachine(blueprint: Blueprint): Manifest {
  const { namespace, choices } = blueprint;
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: {
      name: choices.targetName,
      namespace,
      labels: machineLabels(blueprint),
      annotations: machineAnnotations(blueprint),
    },
    spec: {
      runStrategy: runStrategyOf(blueprint),
      ...matchersOf(blueprint),
      template: {
        metadata: { labels: ownLabels(blueprint) },
        spec: {
          domain: domainOf(blueprint),
          networks: networksOf(blueprint),
          volumes: volumesOf(blueprint),
        },
      },
    },
  };
}
