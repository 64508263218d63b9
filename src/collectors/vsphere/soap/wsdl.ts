import { operations } from './operations.js';

/** Complex argument types, as XSD. Only the fields that are sent. */
const argumentTypes = `
<complexType name="ManagedObjectReference"><simpleContent><extension base="xsd:string">
  <attribute name="type" type="xsd:string"/></extension></simpleContent></complexType>
<complexType name="PropertySpec"><sequence>
  <element name="type" type="xsd:string"/>
  <element name="all" type="xsd:boolean" minOccurs="0"/>
  <element name="pathSet" type="xsd:string" minOccurs="0" maxOccurs="unbounded"/></sequence></complexType>
<complexType name="SelectionSpec"><sequence>
  <element name="name" type="xsd:string" minOccurs="0"/></sequence></complexType>
<complexType name="TraversalSpec"><complexContent><extension base="vim25:SelectionSpec"><sequence>
  <element name="type" type="xsd:string"/>
  <element name="path" type="xsd:string"/>
  <element name="skip" type="xsd:boolean" minOccurs="0"/>
  <element name="selectSet" type="vim25:SelectionSpec" minOccurs="0" maxOccurs="unbounded"/>
  </sequence></extension></complexContent></complexType>
<complexType name="ObjectSpec"><sequence>
  <element name="obj" type="vim25:ManagedObjectReference"/>
  <element name="skip" type="xsd:boolean" minOccurs="0"/>
  <element name="selectSet" type="vim25:SelectionSpec" minOccurs="0" maxOccurs="unbounded"/></sequence></complexType>
<complexType name="PropertyFilterSpec"><sequence>
  <element name="propSet" type="vim25:PropertySpec" maxOccurs="unbounded"/>
  <element name="objectSet" type="vim25:ObjectSpec" maxOccurs="unbounded"/>
  <element name="reportMissingObjectsInResults" type="xsd:boolean" minOccurs="0"/></sequence></complexType>
<complexType name="RetrieveOptions"><sequence>
  <element name="maxObjects" type="xsd:int" minOccurs="0"/></sequence></complexType>
<complexType name="WaitOptions"><sequence>
  <element name="maxWaitSeconds" type="xsd:int" minOccurs="0"/>
  <element name="maxObjectUpdates" type="xsd:int" minOccurs="0"/></sequence></complexType>`;

const simpleTypes = new Set(['string', 'boolean', 'int']);

const element = (argument: string): string => {
  const [name = '', declared = ''] = argument.split(':');
  const type = declared.replace(/[?*]$/u, '');
  const prefix = simpleTypes.has(type) ? 'xsd' : 'vim25';
  const least = declared.endsWith('?') ? ' minOccurs="0"' : '';
  const most = declared.endsWith('*') ? ' minOccurs="0" maxOccurs="unbounded"' : '';
  return `<element name="${name}" type="${prefix}:${type}"${least}${most}/>`;
};

const entries = Object.entries(operations);

const requests = entries.map(([name, operation]) => {
  const parts = operation.arguments === '' ? [] : operation.arguments.split(' ');
  return `<element name="${name}"><complexType><sequence>
  <element name="_this" type="vim25:ManagedObjectReference"/>${parts.map(element).join('')}
  </sequence></complexType></element>
  <element name="${name}Response"><complexType/></element>`;
});

const messages = entries.map(
  ([
    name,
  ]) => `<message name="${name}RequestMsg"><part name="parameters" element="vim25:${name}"/></message>
<message name="${name}ResponseMsg"><part name="parameters" element="vim25:${name}Response"/></message>`,
);

const ports = entries.map(
  ([name]) => `<operation name="${name}"><input message="vim25:${name}RequestMsg"/>
<output message="vim25:${name}ResponseMsg"/></operation>`,
);

const bindings = entries.map(
  ([
    name,
  ]) => `<operation name="${name}"><soap:operation soapAction="urn:vim25/6.0" style="document"/>
<input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>`,
);

/**
 * The WSDL of the operations that are called. Servers offer one of more than a megabyte, or none
 * as the simulator does; this one holds what is sent. Answers are decoded by `types.ts`, so that
 * here they are empty.
 */
export const wsdl = `<?xml version="1.0" encoding="UTF-8"?>
<definitions targetNamespace="urn:vim25" xmlns="http://schemas.xmlsoap.org/wsdl/"
  xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:vim25="urn:vim25">
<types><schema targetNamespace="urn:vim25" xmlns="http://www.w3.org/2001/XMLSchema"
  xmlns:vim25="urn:vim25" xmlns:xsd="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
${argumentTypes}
${requests.join('\n')}
</schema></types>
${messages.join('\n')}
<portType name="VimPortType">${ports.join('\n')}</portType>
<binding name="VimBinding" type="vim25:VimPortType">
<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
${bindings.join('\n')}</binding>
<service name="VimService"><port binding="vim25:VimBinding" name="VimPort">
<soap:address location="https://localhost/sdk"/></port></service>
</definitions>`;
