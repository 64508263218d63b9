/**
 * The part of vim25 that is called: each operation with its arguments in the order of the schema,
 * and the type of its answer in `types.ts`. From this table the WSDL is made.
 *
 * An argument reads `name:type`; `?` marks an optional one, `*` a repeated one.
 */
export const operations = {
  RetrieveServiceContent: { arguments: '', answer: 'ServiceContent' },
  CurrentTime: { arguments: '', answer: 'text' },
  Login: { arguments: 'userName:string password:string locale:string?', answer: 'UserSession' },
  Logout: { arguments: '', answer: 'nothing' },
  RetrievePropertiesEx: {
    arguments: 'specSet:PropertyFilterSpec* options:RetrieveOptions',
    answer: 'RetrieveResult',
  },
  ContinueRetrievePropertiesEx: { arguments: 'token:string', answer: 'RetrieveResult' },
  CancelRetrievePropertiesEx: { arguments: 'token:string', answer: 'nothing' },
  CreateFilter: {
    arguments: 'spec:PropertyFilterSpec partialUpdates:boolean',
    answer: 'ref',
  },
  CreatePropertyCollector: { arguments: '', answer: 'ref' },
  DestroyPropertyFilter: { arguments: '', answer: 'nothing' },
  WaitForUpdatesEx: { arguments: 'version:string? options:WaitOptions?', answer: 'UpdateSet' },
  CancelWaitForUpdates: { arguments: '', answer: 'nothing' },
  HasPrivilegeOnEntities: {
    arguments: 'entity:ManagedObjectReference* sessionId:string privId:string*',
    answer: 'EntityPrivilege[]',
  },
  FetchUserPrivilegeOnEntities: {
    arguments: 'entities:ManagedObjectReference* userName:string',
    answer: 'UserPrivilegeResult[]',
  },
  QueryNetworkHint: { arguments: 'device:string*', answer: 'PhysicalNicHintInfo[]' },
  PowerOnVM_Task: { arguments: 'host:ManagedObjectReference?', answer: 'ref' },
  PowerOffVM_Task: { arguments: '', answer: 'ref' },
  ShutdownGuest: { arguments: '', answer: 'nothing' },
} as const satisfies Record<string, { arguments: string; answer: string }>;

export type OperationName = keyof typeof operations;
