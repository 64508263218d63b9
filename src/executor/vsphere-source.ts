import { importerCredentials } from '../collectors/vsphere/actions/importer-credentials.js';
import { openSourceControl } from '../collectors/vsphere/actions/source-control.js';
import { vsphereConfiguration } from '../collectors/vsphere/configuration.js';
import type { OpenSource } from './connections.js';
import { StepError } from './migration-error.js';

/**
 * Opens a vSphere source by the configuration that a person entered.
 *
 * @throws StepError where it is the configuration of something else.
 */
export async function openVsphereSource(
  sourceId: string,
  configuration: unknown,
  signal: AbortSignal,
): Promise<OpenSource> {
  const parsed = vsphereConfiguration.safeParse(configuration);
  if (!parsed.success) {
    throw new StepError({
      code: 'migration.source.not-vsphere',
      what: 'Machines of this source cannot be migrated',
      subject: sourceId,
      why: 'it is not a vSphere source, or its configuration is not complete',
      remedy: 'Leave its machines out of the plan, or enter the source again',
    });
  }
  // First, since it throws where the certificate is not the accepted one and leaves nothing open.
  const importer = await importerCredentials(parsed.data, signal);
  return { importer, control: await openSourceControl(parsed.data, signal) };
}
