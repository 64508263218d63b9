import { stringify } from 'yaml';
import type { Blueprint } from './blueprint.js';
import { buildVirtualMachine } from './build.js';
import { buildDataVolumes } from './data-volumes.js';

/** The machine and its volumes as YAML documents that `kubectl apply` takes. */
export function renderYaml(blueprint: Blueprint): string {
  const volumes = buildDataVolumes(blueprint).map(({ manifest }) => manifest);
  return [...volumes, buildVirtualMachine(blueprint)]
    .map((manifest) => `---\n${stringify(manifest, { aliasDuplicateObjects: false })}`)
    .join('');
}
