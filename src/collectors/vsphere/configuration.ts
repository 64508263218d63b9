import { z } from 'zod';
import { sourceUrl } from '../source-url.js';
import { trustFields } from '../tls/trust-fields.js';

/** Accepts `vcenter.example.org`, `vcenter.example.org:8443` and a URL with or without a path. */
const address = sourceUrl(['https:'], 'vSphere is spoken to over https alone').transform(
  ({ host }) => host,
);

/** What a person has to enter for a vCenter or an ESXi host. */
export const vsphereConfiguration = z.strictObject({
  address: address.describe('Host name, host:port or URL of the vCenter or ESXi host.'),
  username: z.string().min(1).max(256).describe('Account, for instance reader@vsphere.local.'),
  password: z.string().min(1).max(1024).describe('Password of the account.'),
  ...trustFields,
  product: z
    .enum(['any', 'vcenter', 'esxi'])
    .default('any')
    .describe('What the address is expected to be.'),
  pageSize: z.int().min(1).max(5000).default(500).describe('Objects a page of a full read.'),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(3600)
    .default(120)
    .describe('Longest silence of the server within one call.'),
  watchSeconds: z
    .int()
    .min(1)
    .max(1800)
    .default(60)
    .describe('How long one call waits for changes.'),
});

export type VsphereConfiguration = z.infer<typeof vsphereConfiguration>;
