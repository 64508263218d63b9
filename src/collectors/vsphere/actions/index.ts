export { importerCredentials, type VsphereImporterCredentials } from './importer-credentials.js';
export { openSourceControl, type VsphereSourceControl } from './source-control.js';
export type { ConversionAddress } from './conversion-address.js';
export type { ControlledDisk, ControlledMachine, PowerState } from './machine-state.js';
