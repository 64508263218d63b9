import type { StorageClassFacts, TargetFacts } from '../target/target-facts.js';
import type { StorageDestination, StorageMapping, StorageProposal } from './mapping.js';
import { nameSimilarity } from './similarity.js';

export interface SourceDatastore {
  readonly id: string;
  readonly name: string;
  /** Sum of the capacities of the plan's disks on it. */
  readonly requiredBytes: number;
  /** Some of those disks are used by several machines. */
  readonly shared: boolean;
}

const mostAlternatives = 5;

type Modes = Required<Pick<StorageDestination, 'accessMode' | 'volumeMode'>>;

function parseModes(set: string): Modes | undefined {
  const [accessMode, volumeMode] = set.split('/');
  const isAccess =
    accessMode === 'ReadWriteMany' ||
    accessMode === 'ReadWriteOnce' ||
    accessMode === 'ReadWriteOncePod';
  const isVolume = volumeMode === 'Block' || volumeMode === 'Filesystem';
  return isAccess && isVolume ? { accessMode, volumeMode } : undefined;
}

/** The modes to ask for: such that machines can move between nodes where the class can do it. */
function bestModes({ claimPropertySets }: StorageClassFacts): Modes | undefined {
  const all = claimPropertySets.map(parseModes).filter((modes) => modes !== undefined);
  return all.find(({ accessMode }) => accessMode === 'ReadWriteMany') ?? all[0];
}

interface Weighed {
  readonly score: number;
  readonly reason: string;
}

function weigh(datastore: SourceDatastore, one: StorageClassFacts): readonly Weighed[] {
  const modes = bestModes(one);
  const alike = nameSimilarity(datastore.name, one.name);
  const free = one.capacityBytes ?? undefined;
  const weighed: (Weighed | undefined)[] = [
    one.isVirtDefault === true
      ? { score: 0.4, reason: 'it is the default class for machines' }
      : one.isDefault === true
        ? { score: 0.25, reason: 'it is the default class' }
        : undefined,
    alike > 0
      ? { score: 0.3 * alike, reason: `the names are ${Math.round(alike * 100)} % alike` }
      : undefined,
    modes === undefined
      ? { score: 0.05, reason: 'its StorageProfile names no modes' }
      : modes.accessMode === 'ReadWriteMany'
        ? { score: 0.25, reason: 'machines on it can move between nodes (ReadWriteMany)' }
        : { score: datastore.shared ? -0.2 : 0.1, reason: `its volumes are ${modes.accessMode}` },
    free === undefined
      ? undefined
      : free >= datastore.requiredBytes
        ? { score: 0.1, reason: 'it has room for all disks' }
        : { score: -0.5, reason: 'it has too little room for all disks' },
  ];
  return weighed.filter((one) => one !== undefined);
}

function propose(datastore: SourceDatastore, one: StorageClassFacts): StorageProposal {
  const weighed = weigh(datastore, one);
  const score = weighed.reduce((sum, { score: part }) => sum + part, 0.15);
  return {
    destination: { storageClass: one.name, ...bestModes(one) },
    confidence: Math.min(1, Math.max(0, score)),
    reasons: weighed.map(({ reason }) => reason),
  };
}

/** Where the disks of a datastore might go, best first. A target's only class is always taken. */
export function proposeStorage(datastore: SourceDatastore, target: TargetFacts): StorageMapping {
  const proposals = target.storageClasses
    .map((one) => propose(datastore, one))
    .sort((one, other) => other.confidence - one.confidence);
  const [best] = proposals;
  return {
    source: datastore.id,
    sourceName: datastore.name,
    requiredBytes: datastore.requiredBytes,
    destination: best?.destination ?? null,
    confidence: best?.confidence ?? 0,
    reasons: best?.reasons ?? ['the target has no storage class'],
    alternatives: proposals.slice(1, mostAlternatives + 1),
    edited: false,
  };
}
