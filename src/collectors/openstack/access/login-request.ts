import type { OpenstackConfiguration } from '../configuration.js';

type Reference = Readonly<Record<string, unknown>>;

/** What Keystone itself calls the domain that old clouds have alone. */
const defaultDomain: Reference = { id: 'default' };

const domainOf = (id: string | undefined, name: string | undefined): Reference | undefined => {
  if (id !== undefined) return { id };
  return name === undefined ? undefined : { name };
};

function user(configuration: OpenstackConfiguration): Reference {
  const { userId, username, userDomainId, userDomainName } = configuration;
  if (userId !== undefined) return { id: userId };
  return { name: username, domain: domainOf(userDomainId, userDomainName) ?? defaultDomain };
}

function identity(configuration: OpenstackConfiguration): Reference {
  switch (configuration.authType) {
    case 'token':
      return { methods: ['token'], token: { id: configuration.token } };
    case 'applicationCredential': {
      const { applicationCredentialId: id, applicationCredentialName: name } = configuration;
      const secret = configuration.applicationCredentialSecret;
      const credential =
        id === undefined ? { name, secret, user: user(configuration) } : { id, secret };
      return { methods: ['application_credential'], application_credential: credential };
    }
    case 'password':
      return {
        methods: ['password'],
        password: { user: { ...user(configuration), password: configuration.password } },
      };
  }
}

function scope(configuration: OpenstackConfiguration): Reference | undefined {
  // An application credential has its project in it, and Keystone refuses another word about it.
  if (configuration.authType === 'applicationCredential') return undefined;
  if (configuration.systemScope) return { system: { all: true } };
  const wholeDomain = domainOf(configuration.domainId, configuration.domainName);
  if (wholeDomain !== undefined) return { domain: wholeDomain };
  const { projectId, projectName } = configuration;
  if (projectId !== undefined) return { project: { id: projectId } };
  if (projectName === undefined) return undefined;
  const domain =
    domainOf(configuration.projectDomainId, configuration.projectDomainName) ??
    domainOf(configuration.userDomainId, configuration.userDomainName) ??
    defaultDomain;
  return { project: { name: projectName, domain } };
}

/** Body of the call for a token. Holds the secret: never to be logged. */
export const loginRequest = (configuration: OpenstackConfiguration): Reference => {
  const wanted = scope(configuration);
  return {
    auth: {
      identity: identity(configuration),
      ...(wanted === undefined ? {} : { scope: wanted }),
    },
  };
};
