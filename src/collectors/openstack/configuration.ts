import { z } from 'zod';
import { sourceUrl } from '../source-url.js';
import { trustFields } from '../tls/trust-fields.js';

const name = z.string().trim().min(1).max(255);
const optionalName = name.optional();
const secret = z
  .string()
  .min(1)
  .max(64 * 1024);

/**
 * The identity service, as a URL without the version: `https://cloud.example.org:5000`. Accepts it
 * with `/v3` behind, as openrc files have it, and a host without a scheme.
 */
const address = sourceUrl(['https:', 'http:'], 'OpenStack is spoken to over https').transform(
  ({ origin, pathname }) => `${origin}${pathname.replace(/(?:\/v3)?\/*$/u, '')}`,
);

type Fields = Readonly<Record<string, unknown>>;

/** Fields that each way to log in cannot do without, by what a person would have to give. */
const missingFor = (fields: Fields): readonly (readonly [field: string, message: string])[] => {
  const has = (...names: readonly string[]): boolean =>
    names.some((each) => fields[each] !== undefined);
  switch (fields.authType) {
    case 'token':
      return has('token') ? [] : [['token', 'it is needed to log in by token']];
    case 'applicationCredential':
      return [
        ...(has('applicationCredentialSecret')
          ? []
          : [
              [
                'applicationCredentialSecret',
                'it is needed to log in by application credential',
              ] as const,
            ]),
        ...(has('applicationCredentialId') ||
        (has('applicationCredentialName') && has('username', 'userId'))
          ? []
          : [
              [
                'applicationCredentialId',
                'give it, or the name of the credential with its user',
              ] as const,
            ]),
      ];
    default:
      return [
        ...(has('password') ? [] : [['password', 'it is needed to log in by password'] as const]),
        ...(has('username', 'userId') ? [] : [['username', 'give it, or the id'] as const]),
      ];
  }
};

const scopes = [['projectName', 'projectId'], ['domainName', 'domainId'], ['systemScope']] as const;

const chosenScopes = (fields: Fields): number =>
  scopes.filter((names) =>
    names.some((each) => fields[each] !== undefined && fields[each] !== false),
  ).length;

/** What a person has to enter for an OpenStack cloud; the words are those of clouds.yaml. */
export const openstackConfiguration = z
  .strictObject({
    address: address.describe('URL of the identity service, for instance https://cloud:5000/v3.'),
    authType: z
      .enum(['password', 'token', 'applicationCredential'])
      .default('password')
      .describe('How to log in.'),
    username: optionalName.describe('Account.'),
    userId: optionalName.describe('Id of the account, in place of its name and domain.'),
    userDomainName: optionalName.describe('Domain of the account.'),
    userDomainId: optionalName.describe('Id of the domain of the account.'),
    password: secret.optional().describe('Password of the account.'),
    token: secret.optional().describe('Token that somebody else obtained; it cannot be renewed.'),
    applicationCredentialId: optionalName.describe('Id of an application credential.'),
    applicationCredentialName: optionalName.describe('Name of an application credential.'),
    applicationCredentialSecret: secret.optional().describe('Secret of that credential.'),
    projectName: optionalName.describe('Project to log in to.'),
    projectId: optionalName.describe('Id of the project to log in to.'),
    projectDomainName: optionalName.describe('Domain of the project.'),
    projectDomainId: optionalName.describe('Id of the domain of the project.'),
    domainName: optionalName.describe('Domain to log in to, in place of a project.'),
    domainId: optionalName.describe('Id of the domain to log in to.'),
    systemScope: z.boolean().default(false).describe('Log in to the whole system.'),
    region: optionalName.describe('Region to read; may be left out where there is one.'),
    interface: z
      .enum(['public', 'internal', 'admin'])
      .default('public')
      .describe('Which endpoints of the service catalogue to use.'),
    visibility: z
      .enum(['all', 'account'])
      .default('all')
      .describe('Read all projects, or those alone that the account sees by itself.'),
    ...trustFields,
    endpointFingerprints: z
      .array(trustFields.fingerprint.unwrap())
      .max(32)
      .default([])
      .describe('Accepted certificates of further endpoints, where they show other ones.'),
    allowPlainHttp: z
      .boolean()
      .default(false)
      .describe('Speak to endpoints without TLS: whoever listens can read the token.'),
    pageSize: z.int().min(1).max(1000).default(500).describe('Objects a page of a full read.'),
    timeoutSeconds: z.int().min(1).max(3600).default(120).describe('Longest time for one answer.'),
    pollSeconds: z
      .number()
      .min(0.5)
      .max(3600)
      .default(10)
      .describe('How often changes are asked for.'),
    levelCheckSeconds: z
      .number()
      .min(0.5)
      .max(86_400)
      .default(120)
      .describe('How often everything is compared, also what announces no changes.'),
  })
  .superRefine((fields, context) => {
    for (const [field, message] of missingFor(fields)) {
      context.addIssue({ code: 'custom', path: [field], message });
    }
    if (chosenScopes(fields) > 1) {
      const message = 'choose one of project, domain and system';
      context.addIssue({ code: 'custom', path: ['systemScope'], message });
    }
    if (fields.address.startsWith('http:') && !fields.allowPlainHttp) {
      const message = 'it is without TLS; use https, or allow plain HTTP';
      context.addIssue({ code: 'custom', path: ['address'], message });
    }
  });

export type OpenstackConfiguration = z.infer<typeof openstackConfiguration>;
