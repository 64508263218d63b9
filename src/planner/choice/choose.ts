import type { ChosenName } from '../names/target-name.js';
import type { PlanOptions } from '../record/options.js';
import type { MachineFacts } from '../source/machine-facts.js';
import type { TargetFacts } from '../target/target-facts.js';
import type { MachineChoices } from './choices.js';
import { chooseConversion } from './conversion.js';
import { guestOf } from './guest.js';
import { chooseInstanceType } from './instance-type.js';
import { choosePreference } from './preference.js';

const powerReasons: Readonly<Record<PlanOptions['powerState'], string>> = {
  auto: 'it runs afterwards if it ran before',
  on: 'the plan turns machines on',
  off: 'the plan leaves machines off',
};

/** What the planner proposes for a machine. */
export function chooseForMachine(
  machine: MachineFacts,
  name: ChosenName,
  options: PlanOptions,
  target: TargetFacts,
): MachineChoices {
  const guest = guestOf(machine);
  return {
    targetName: name.name,
    nameReasons: [...name.reasons],
    guest,
    power: { value: options.powerState, reasons: [powerReasons[options.powerState]] },
    ...chooseConversion(machine, guest, options),
    instanceType: chooseInstanceType(machine, target.instanceTypes, options.instanceTypes),
    preference: choosePreference(machine, target.preferences, options.preferences),
    bootDisk: 0,
    edited: [],
  };
}
