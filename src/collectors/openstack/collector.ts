import { SourceKind, type Collector } from '../contract.js';
import { openstackConfiguration, type OpenstackConfiguration } from './configuration.js';
import { nextPage, type OpenstackCursor } from './full-read.js';
import { mapObject } from './map/index.js';
import { aroundSession, type OpenstackSession } from './session.js';
import { technicalFields } from './technical-fields.js';
import { verifySource } from './verify.js';
import { watchChanges } from './watch.js';

/** Collects one region of an OpenStack cloud. */
export const openstackCollector: Collector<
  OpenstackConfiguration,
  OpenstackSession,
  OpenstackCursor
> = {
  kind: SourceKind.openstack,
  configuration: openstackConfiguration,
  secrets: ['password', 'token', 'applicationCredentialSecret'],
  technicalFields,
  verify: verifySource,
  around: aroundSession,
  next: nextPage,
  watch: watchChanges,
  map: mapObject,
};
