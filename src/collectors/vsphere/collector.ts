import { SourceKind, type Collector } from '../contract.js';
import { vsphereConfiguration, type VsphereConfiguration } from './configuration.js';
import { nextPage, type VsphereCursor } from './full-read.js';
import { mapObject } from './map/map-object.js';
import { aroundSession, type VsphereSession } from './session.js';
import { technicalFields } from './technical-fields.js';
import { verifySource } from './verify.js';
import { watchChanges } from './watch.js';

/** Collects a vCenter or a single ESXi host. */
export const vsphereCollector: Collector<VsphereConfiguration, VsphereSession, VsphereCursor> = {
  kind: SourceKind.vsphere,
  configuration: vsphereConfiguration,
  secrets: ['password'],
  technicalFields,
  verify: verifySource,
  around: aroundSession,
  next: nextPage,
  watch: watchChanges,
  map: mapObject,
};
