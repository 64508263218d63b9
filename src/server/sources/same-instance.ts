import type { Finding, SourceKind, Verification } from '../../collectors/contract.js';
import type { RegisteredSource } from '../../collectors/sources/index.js';

/** What a source of a kind reads, in a word. */
const instanceNames: Readonly<Partial<Record<SourceKind, string>>> = {
  kubevirt: 'cluster',
  openstack: 'cloud and region',
};

/** What tells one vCenter, cluster or cloud from another. */
export interface Instance {
  readonly id: string;
  readonly kind: SourceKind;
  /** Id that it gave itself: instance UUID of a vCenter, uid of a cluster's kube-system, service of a cloud. */
  readonly instanceId?: string;
  readonly address?: string;
}

/**
 * The saved source that reads the same vCenter or cluster, by the id that it gave itself, or by its
 * address where one of the two gave none. Two sources of one would count every machine twice.
 */
export const sameInstance = (
  sources: readonly RegisteredSource[],
  { id, kind, instanceId, address }: Instance,
): RegisteredSource | undefined =>
  sources.find((source) => {
    if (source.id === id || source.kind !== kind || source.state !== 'saved') return false;
    if (source.instanceId !== null && instanceId !== undefined) {
      return source.instanceId === instanceId;
    }
    // Two files of one name are no sign of one estate.
    if (kind === 'rvtools') return false;
    return address !== undefined && source.address?.toLowerCase() === address.toLowerCase();
  });

/** A verification that fails because another source reads the same already. */
export const withDuplicate = (
  verification: Verification,
  other: RegisteredSource,
): Verification => {
  const what = instanceNames[other.kind] ?? 'vCenter';
  const finding: Finding = {
    severity: 'blocker',
    what: `it is the ${what} of the source ${other.id}`,
    effect: 'every object would be in the inventory twice',
    remedy: `Use ${other.id}, or take it out first: opal source remove ${other.id}`,
  };
  return { ...verification, ok: false, findings: [...verification.findings, finding] };
};
