import type { NetworkAttachmentFacts, TargetFacts } from '../target/target-facts.js';
import type { NetworkMapping, NetworkProposal } from './mapping.js';
import { nameSimilarity } from './similarity.js';

export interface SourceNetwork {
  readonly id: string;
  readonly name: string;
  readonly vlanId: number | null;
}

/** Below this a proposal is shown as an alternative and not taken. */
const enough = 0.5;
const mostAlternatives = 5;

/** NADs of other namespaces than these two cannot be used by a machine. */
const sharedNamespace = 'default';

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function vlanScore(
  network: SourceNetwork,
  { vlanId, name }: NetworkAttachmentFacts,
): readonly [number, string | undefined] {
  if (network.vlanId === null) return [0, undefined];
  if (typeof vlanId === 'number') {
    return vlanId === network.vlanId
      ? [0.6, `both are VLAN ${vlanId}`]
      : [-1, `VLAN ${vlanId} is not VLAN ${network.vlanId}`];
  }
  // Attachments to a bridge that tags elsewhere often carry the id in their name alone.
  return new RegExp(`(?<!\\d)0*${network.vlanId}(?!\\d)`, 'u').test(name)
    ? [0.35, `its name has the VLAN id ${network.vlanId}`]
    : [0, undefined];
}

function propose(
  network: SourceNetwork,
  attachment: NetworkAttachmentFacts,
  namespace: string,
): NetworkProposal {
  const reasons: string[] = [];
  const [vlan, vlanReason] = vlanScore(network, attachment);
  if (vlanReason !== undefined) reasons.push(vlanReason);
  const alike = nameSimilarity(network.name, attachment.name);
  if (alike > 0) reasons.push(`the names are ${percent(alike)} alike`);
  // Without a VLAN to compare, the name is all there is.
  const nameShare = network.vlanId === null ? 0.7 : 0.3;
  const isOwn = attachment.namespace === namespace;
  if (isOwn) reasons.push('it is in the namespace of the plan');
  const score = vlan + nameShare * alike + (isOwn ? 0.1 : 0.05);
  return {
    destination: { type: 'multus', namespace: attachment.namespace, name: attachment.name },
    confidence: Math.min(1, Math.max(0, score)),
    reasons,
  };
}

/** Where the adapters of a network might go, best first; nothing is taken that is mere guessing. */
export function proposeNetwork(
  network: SourceNetwork,
  target: TargetFacts,
  namespace: string,
): NetworkMapping {
  const usable = target.networkAttachments.filter(
    (one) => one.namespace === namespace || one.namespace === sharedNamespace,
  );
  const proposals = usable
    .map((attachment) => propose(network, attachment, namespace))
    .filter(({ confidence }) => confidence > 0)
    .sort((one, other) => other.confidence - one.confidence)
    .slice(0, mostAlternatives);
  const [best] = proposals;
  const taken = best !== undefined && best.confidence >= enough ? best : undefined;
  return {
    source: network.id,
    sourceName: network.name,
    vlanId: network.vlanId,
    destination: taken?.destination ?? null,
    confidence: taken?.confidence ?? 0,
    reasons: taken?.reasons ?? [
      usable.length === 0
        ? `the target has no NetworkAttachmentDefinition in ${namespace} or ${sharedNamespace}`
        : 'no NetworkAttachmentDefinition of the target is alike enough',
    ],
    alternatives: proposals.filter((proposal) => proposal !== taken),
    edited: false,
  };
}
