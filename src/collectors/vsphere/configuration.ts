import { z } from 'zod';
import { trustFields } from '../tls/trust-fields.js';

/** Accepts `vcenter.example.org`, `vcenter.example.org:8443` and a URL with or without a path. */
const address = z
  .string()
  .trim()
  .min(1)
  .max(2048)
  .transform((text, context) => {
    const withScheme = /^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `https://${text}`;
    if (!URL.canParse(withScheme)) {
      context.addIssue({ code: 'custom', message: 'not a host name or URL' });
      return z.NEVER;
    }
    const url = new URL(withScheme);
    if (url.protocol !== 'https:') {
      context.addIssue({ code: 'custom', message: 'vSphere is spoken to over https alone' });
      return z.NEVER;
    }
    if (url.username !== '' || url.password !== '') {
      context.addIssue({ code: 'custom', message: 'give user name and password as own fields' });
      return z.NEVER;
    }
    return url.host;
  });

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
