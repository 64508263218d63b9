import { isKind, kinds, type Kind } from '../graph/model/index.js';
import { nearestName } from './nearest-name.js';
import { SearchError } from './search-error.js';

/** Short names that people write for kinds, beside the label and its plural in any case. */
const shortNames: Readonly<Record<string, Kind>> = {
  vm: 'VirtualMachine',
  vms: 'VirtualMachine',
  machine: 'VirtualMachine',
  machines: 'VirtualMachine',
  nad: 'NetworkAttachment',
  nads: 'NetworkAttachment',
  pvc: 'PersistentVolumeClaim',
  pvcs: 'PersistentVolumeClaim',
  pool: 'ResourcePool',
  pools: 'ResourcePool',
};

/** The plural under which a kind is listed: `virtualMachines`, `switches`, `policies`. */
export const pluralOf = (kind: Kind): string => {
  const singular = kind.charAt(0).toLowerCase() + kind.slice(1);
  if (/(?:s|x|ch|sh)$/.test(singular)) return `${singular}es`;
  return /[^aeiou]y$/.test(singular) ? `${singular.slice(0, -1)}ies` : `${singular}s`;
};

const byName: ReadonlyMap<string, Kind> = new Map(
  kinds.flatMap((kind) => [
    [kind.toLowerCase(), kind] as const,
    [pluralOf(kind).toLowerCase(), kind] as const,
  ]),
);

/** Names under which a search knows a kind, its plural first. Upper and lower case are alike. */
export const searchNamesOf = (kind: Kind): readonly string[] => [
  pluralOf(kind),
  kind.charAt(0).toLowerCase() + kind.slice(1),
  ...Object.keys(shortNames).filter((name) => shortNames[name] === kind),
];

/** The kind a person means. Throws SearchError with what was probably meant. */
export const kindNamed = (name: string): Kind => {
  const wanted = name.toLowerCase();
  const found = isKind(name) ? name : (byName.get(wanted) ?? shortNames[wanted]);
  if (found !== undefined) return found;
  const names = [...kinds.map(pluralOf), ...Object.keys(shortNames)];
  const suggestion = nearestName(name, names);
  throw new SearchError({
    what: 'Unknown kind of object',
    subject: name,
    why: 'the graph holds nothing of that name',
    remedy:
      suggestion === undefined
        ? 'Start with vms, hosts or datastores.'
        : `Did you mean '${suggestion}'?`,
    suggestion,
  });
};
