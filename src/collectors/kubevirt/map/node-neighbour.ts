import { z } from 'zod';
import { listField } from '../../list-field.js';
import { neighbourRecords } from '../../neighbour-switch.js';
import { numberField, textField } from './fields.js';

/** nmstate gives a neighbour as a list of facts, one object for each TLV that was heard. */
export const neighbourField = listField(
  z.looseObject({
    'system-name': textField,
    'system-description': textField,
    'chassis-id': textField,
    'port-id': textField,
    'port-description': textField,
    'ieee-802-1-pvid': numberField,
    'ieee-802-1-vlans': listField(z.object({ vid: z.number() })),
    'ieee-802-3-max-frame-size': numberField,
    'management-addresses': listField(z.object({ address: z.string() })),
  }),
);
export type Neighbour = z.output<typeof neighbourField>;

/** Bytes that a frame has beside what its largest payload is: header, VLAN tag and checksum. */
const frameOverhead = 22;
const untaggedOverhead = 18;

/** An MTU as people set it: both 1518 and 1522 are what 1500 asks for. */
function mtuOf(frame: number | undefined): number | undefined {
  if (frame === undefined || frame === 0) return undefined;
  const tagged = frame - frameOverhead;
  return tagged % 100 === 0 || tagged % 256 === 0 ? tagged : frame - untaggedOverhead;
}

type Fact = Neighbour[number];

const first = <Name extends keyof Fact>(facts: Neighbour, name: Name): Fact[Name] | undefined =>
  facts.find((fact) => fact[name] !== undefined)?.[name];

export const heardByInterface = (facts: Neighbour) =>
  neighbourRecords({
    protocol: 'lldp',
    systemName: first(facts, 'system-name'),
    chassisId: first(facts, 'chassis-id'),
    portId: first(facts, 'port-id'),
    description: first(facts, 'port-description'),
    nativeVlan: first(facts, 'ieee-802-1-pvid'),
    announcedVlans: facts.flatMap((fact) => fact['ieee-802-1-vlans'].map(({ vid }) => vid)),
    mtu: mtuOf(first(facts, 'ieee-802-3-max-frame-size')),
    platform: first(facts, 'system-description'),
    managementAddress: facts.flatMap((fact) => fact['management-addresses'])[0]?.address,
  });

export const neighbourText = (facts: Neighbour): string =>
  `${first(facts, 'system-name') ?? ''}/${first(facts, 'port-id') ?? ''}`;
