import { describe, expect, it } from 'vitest';
import { AnswerReader } from '../../../src/collectors/vsphere/soap/answer-reader.js';

const address = 'vcenter.example.org';

const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

const property = (value: string): string =>
  envelope(
    `<RetrievePropertiesExResponse xmlns="urn:vim25"><returnval><objects><obj type="VirtualMachine">vm-1</obj><propSet><name>p</name>${value}</propSet></objects></returnval></RetrievePropertiesExResponse>`,
  );

/** Decodes an answer that arrives in pieces of the given size. */
function decoded(text: string, pieceSize = text.length, status = 200): readonly unknown[] {
  const reader = new AnswerReader(address, 'RetrievePropertiesEx');
  for (let start = 0; start < text.length; start += pieceSize) {
    reader.write(text.slice(start, start + pieceSize));
  }
  return reader.finish(status);
}

const valueOf = (value: string, pieceSize?: number): unknown => {
  const [answer] = decoded(property(value), pieceSize);
  const { objects } = answer as { objects: { propSet: { val?: unknown }[] }[] };
  return objects[0]?.propSet[0]?.val;
};

describe('an answer', () => {
  it.each([
    ['<val xsi:type="xsd:string">a &amp; b &#x1F600;</val>', 'a & b 😀'],
    ['<val xsi:type="xsd:int">-7</val>', -7],
    ['<val xsi:type="xsd:long">9007199254740991</val>', 9007199254740991],
    ['<val xsi:type="xsd:long">9007199254740993</val>', '9007199254740993'],
    ['<val xsi:type="xsd:long">-9223372036854775808</val>', '-9223372036854775808'],
    ['<val xsi:type="xsd:boolean">true</val>', true],
    ['<val xsi:type="xsd:boolean">0</val>', false],
    ['<val xsi:type="xsd:string"><![CDATA[<raw> ]]]]><![CDATA[>]]></val>', '<raw> ]]>'],
    ['<val xsi:type="VirtualMachinePowerState">poweredOn</val>', 'poweredOn'],
    [
      '<val xsi:type="SomethingNew"><deep><deeper>1</deeper></deep></val>',
      { $type: 'SomethingNew' },
    ],
    [
      '<val type="HostSystem" xsi:type="ManagedObjectReference">host-1</val>',
      { type: 'HostSystem', value: 'host-1' },
    ],
    ['<val xsi:type="ArrayOfString"/>', []],
    ['<val xsi:type="ArrayOfString"><string>one</string></val>', ['one']],
    ['<val xsi:type="ArrayOfInt"><int>3</int></val>', [3]],
    [
      '<val xmlns:other="http://www.w3.org/2001/XMLSchema-instance" other:type="ArrayOfManagedObjectReference"><ManagedObjectReference type="Datastore">datastore-1</ManagedObjectReference></val>',
      [{ type: 'Datastore', value: 'datastore-1' }],
    ],
    [
      '<val xsi:type="VirtualHardware"><numCPU>2</numCPU><unused>x</unused><device xsi:type="VirtualDisk"><key>2000</key></device></val>',
      { $type: 'VirtualHardware', numCPU: 2, device: [{ $type: 'VirtualDisk', key: 2000 }] },
    ],
  ])('decodes %s', (text, expected) => {
    expect(valueOf(text)).toEqual(expected);
    expect(valueOf(text, 7)).toEqual(expected);
  });

  it('becomes an error with the class, the privilege and the object of a fault', () => {
    const fault = envelope(
      '<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>Permission was denied</faultstring><detail><NoPermissionFault xmlns="urn:vim25" xsi:type="NoPermission"><object type="Folder">group-d1</object><privilegeId>System.View</privilegeId></NoPermissionFault></detail></soapenv:Fault>',
    );
    expect(() => decoded(fault, undefined, 500)).toThrow(
      expect.objectContaining({
        code: 'vsphere.fault.NoPermission',
        privilege: 'System.View',
        object: 'group-d1',
        why: 'Permission was denied',
      }) as Error,
    );
  });

  it('is refused where it declares a document type or an entity', () => {
    const bomb =
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>';
    expect(() => decoded(bomb)).toThrow(/document type/u);
  });

  it('is refused where it uses an entity that is not declared', () => {
    expect(() => valueOf('<val xsi:type="xsd:string">&file;</val>')).toThrow(/cannot be used/u);
  });

  it('is refused where it nests without end', () => {
    expect(() => valueOf('<val xsi:type="X">' + '<a>'.repeat(5000))).toThrow(/nests deeper/u);
  });

  it.each([
    ['ends within an element', property('<val xsi:type="xsd:string">x').slice(0, -80)],
    ['is a page of a proxy', '<html><body>Sign in</body></html>'],
    ['is empty', ''],
    ['is no XML', '{"error": 1}'],
  ])('is refused where it %s', (_what, text) => {
    expect(() => decoded(text)).toThrow(
      expect.objectContaining({ code: 'vsphere.answer.invalid', retryable: true }) as Error,
    );
  });
});
