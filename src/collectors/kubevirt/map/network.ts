import { z } from 'zod';
import { listField } from '../../list-field.js';
import { record, type EntityRecord } from '../../../graph/model/index.js';
import type { Omission, RawObject } from '../../contract.js';
import { toCluster } from './cluster.js';
import { metadataField, pairs, textField, textMapField } from './fields.js';
import { toNamespace } from './namespace.js';

const attachmentBody = z.object({
  metadata: metadataField,
  spec: z.object({ config: textField }).optional(),
});

/** Numbers of a CNI configuration are written as text by some tools. */
const wholeNumber = z.coerce.number().int().optional().catch(undefined);

const plugin = z.object({
  type: textField,
  bridge: textField,
  vlan: wholeNumber,
  vlanID: wholeNumber,
  vlanId: wholeNumber,
  mtu: wholeNumber,
  topology: textField,
  name: textField,
  physicalNetworkName: textField,
  master: textField,
});

const pluginList = z.object({ name: textField, plugins: listField(plugin) });

type Plugin = z.output<typeof plugin>;

interface ParsedConfig {
  readonly main: Plugin | undefined;
  readonly problem?: string;
}

/** The first plugin of a configuration makes the interface; those after it only tune it. */
function parseConfig(config: string | undefined): ParsedConfig {
  // Without a configuration the node's own file of that name is used, which nobody here can see.
  if (config === undefined || config.trim() === '') return { main: undefined };
  let value: unknown;
  try {
    value = JSON.parse(config);
  } catch {
    return { main: undefined, problem: 'its configuration is not JSON' };
  }
  const list = pluginList.safeParse(value);
  const [first] = list.success ? list.data.plugins : [];
  if (list.success && first !== undefined) {
    return { main: { ...first, name: first.name ?? list.data.name } };
  }
  const single = plugin.safeParse(value);
  return single.success
    ? { main: single.data }
    : { main: undefined, problem: 'its configuration is not an object' };
}

/** OVN plugins name the localnet by the configuration's name where nothing else is said. */
function physicalNetworkOf(main: Plugin): string | undefined {
  if (main.physicalNetworkName !== undefined) return main.physicalNetworkName;
  return main.topology === 'localnet' ? main.name : main.master;
}

export function mapNetworkAttachment(object: RawObject): {
  readonly record: EntityRecord<'NetworkAttachment'>;
  readonly omissions: readonly Omission[];
} {
  const { metadata, spec } = attachmentBody.parse(object.body);
  const { main, problem } = parseConfig(spec?.config);
  const { externalId } = object;
  return {
    record: record(
      'NetworkAttachment',
      externalId,
      metadata.name,
      {
        pluginType: main?.type,
        bridge: main?.bridge,
        vlanId: main?.vlan ?? main?.vlanID ?? main?.vlanId,
        topology: main?.topology,
        physicalNetwork: main === undefined ? undefined : physicalNetworkOf(main),
        mtu: main?.mtu,
        config: spec?.config,
        resourceName: metadata.annotations['k8s.v1.cni.cncf.io/resourceName'],
      },
      { namespace: toNamespace(metadata.namespace) },
    ),
    omissions:
      problem === undefined
        ? []
        : [{ kind: 'NetworkAttachment', externalId, what: 'spec.config', why: problem }],
  };
}

const policyBody = z.object({
  metadata: metadataField,
  spec: z
    .object({
      nodeSelector: textMapField,
      desiredState: z
        .looseObject({
          interfaces: listField(z.object({ name: z.string(), type: textField })),
          ovn: z
            .object({
              'bridge-mappings': listField(
                z.object({ localnet: z.string(), bridge: textField, state: textField }),
              ),
            })
            .optional()
            .catch(undefined),
        })
        .optional()
        .catch(undefined),
    })
    .optional(),
  status: z
    .object({
      conditions: listField(z.object({ type: z.string(), status: z.string(), reason: textField })),
    })
    .optional(),
});

export function mapNodeNetworkPolicy(object: RawObject): EntityRecord<'NodeNetworkPolicy'> {
  const { metadata, spec, status } = policyBody.parse(object.body);
  const desired = spec?.desiredState;
  const wanted = z.object({ spec: z.object({ desiredState: z.unknown() }) }).safeParse(object.body);
  const mappings = desired?.ovn?.['bridge-mappings'] ?? [];
  return record(
    'NodeNetworkPolicy',
    object.externalId,
    metadata.name,
    {
      nodeSelector: pairs(spec?.nodeSelector ?? {}),
      status: status?.conditions.find((condition) => condition.status === 'True')?.type,
      interfaces: (desired?.interfaces ?? []).map(({ name, type }) => `${name}:${type ?? ''}`),
      bridgeMappings: mappings
        .filter(({ state }) => state !== 'absent')
        .map(({ localnet, bridge }) => `${localnet}=${bridge ?? ''}`),
      desiredState: wanted.success ? JSON.stringify(wanted.data.spec.desiredState) : undefined,
    },
    { cluster: toCluster },
  );
}
