import { importerCredentials } from '../collectors/vsphere/actions/importer-credentials.js';
import { openSourceControl } from '../collectors/vsphere/actions/source-control.js';
import { vsphereConfiguration } from '../collectors/vsphere/configuration.js';
import type { OpenSource } from './connections.js';

/** Opens a vSphere source by the configuration that a person entered. */
export async function openVsphereSource(
  configuration: unknown,
  signal: AbortSignal,
): Promise<OpenSource> {
  const parsed = vsphereConfiguration.parse(configuration);
  // First, since it throws where the certificate is not the accepted one and leaves nothing open.
  const importer = await importerCredentials(parsed, signal);
  return { importer, control: await openSourceControl(parsed, signal) };
}
