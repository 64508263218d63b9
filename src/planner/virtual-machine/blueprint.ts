import type { MachineChoices } from '../choice/choices.js';
import type { Mappings } from '../mapping/mapping.js';
import type { PlanOptions } from '../record/options.js';
import type { MachineFacts } from '../source/machine-facts.js';
import type { TargetFacts } from '../target/target-facts.js';

/** All that a target machine is built from. */
export interface Blueprint {
  readonly planId: string;
  readonly planName: string;
  readonly namespace: string;
  readonly machine: MachineFacts;
  readonly choices: MachineChoices;
  readonly options: PlanOptions;
  readonly mappings: Mappings;
  readonly target: TargetFacts;
}

/** Where VDDK reads the disks of a source from. Neither field is a secret. */
export interface SourceEndpoint {
  /** For instance `https://vcenter.example/sdk`. */
  readonly url: string;
  /** SHA-1 fingerprint of the server's certificate, as VDDK wants it. */
  readonly thumbprint: string;
}
