import type { Command } from 'commander';
import { CliError } from '../cli-error.js';
import { ExitCode } from '../exit-code.js';
import { readGivenFile } from '../given-file.js';
import { readSecret } from '../read-secret.js';

/** Options of `opal source add --kind openstack`, beside those that other kinds have too. */
export interface OpenstackOptions {
  readonly address?: string;
  readonly username?: string;
  readonly passwordFile?: string;
  readonly authorityFile?: string;
  readonly fingerprint?: string;
  readonly userDomain?: string;
  readonly project?: string;
  readonly projectDomain?: string;
  readonly domain?: string;
  readonly systemScope?: boolean;
  readonly applicationCredential?: string;
  readonly tokenFile?: string;
  readonly region?: string;
  readonly interface?: string;
  readonly ownProjects?: boolean;
  readonly plainHttp?: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const usage = (subject: string, why: string, remedy: string): CliError =>
  new CliError({ what: 'The source cannot be added', subject, why, remedy }, ExitCode.usage);

async function loginFields(options: OpenstackOptions): Promise<Fields> {
  const { applicationCredential, tokenFile, passwordFile, username, userDomain } = options;
  if (tokenFile !== undefined) {
    const token = readGivenFile('--token-file', tokenFile).trim();
    return { authType: 'token', token };
  }
  if (applicationCredential === undefined && username === undefined) {
    throw usage('--username', 'it is missing', 'Name the account, or an application credential.');
  }
  const variable = 'OPAL_SOURCE_PASSWORD';
  const secret = await readSecret('Password', { file: passwordFile, variable });
  if (applicationCredential !== undefined) {
    return {
      authType: 'applicationCredential',
      applicationCredentialId: applicationCredential,
      applicationCredentialSecret: secret,
    };
  }
  return { username, password: secret, userDomainName: userDomain };
}

const scopeFields = (options: OpenstackOptions): Fields => ({
  projectName: options.project,
  projectDomainName: options.projectDomain,
  domainName: options.domain,
  systemScope: options.systemScope,
});

/** Fields of the configuration of a cloud; the secret comes from a file, the environment or a person. */
export async function openstackFields(options: OpenstackOptions): Promise<Record<string, unknown>> {
  const { address, authorityFile, fingerprint, region, ownProjects, plainHttp } = options;
  if (address === undefined) {
    throw usage('--address', 'it is missing', 'Give the URL of the identity service.');
  }
  const fields: Fields = {
    address,
    ...(await loginFields(options)),
    ...scopeFields(options),
    region,
    interface: options.interface,
    visibility: ownProjects === true ? 'account' : undefined,
    allowPlainHttp: plainHttp,
    fingerprint,
    authority:
      authorityFile === undefined ? undefined : readGivenFile('--authority-file', authorityFile),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Adds the options that only clouds have. */
export const addOpenstackOptions = (command: Command): Command =>
  command
    .option('--user-domain <name>', 'OpenStack: domain of the account; Default if left out')
    .option('--project <name>', 'OpenStack: project to log in to')
    .option('--project-domain <name>', 'OpenStack: domain of the project; else that of the account')
    .option('--domain <name>', 'OpenStack: domain to log in to, in place of a project')
    .option('--system-scope', 'OpenStack: log in to the whole system')
    .option(
      '--application-credential <id>',
      'OpenStack: log in by this credential; its secret is given as the password',
    )
    .option('--token-file <file>', 'OpenStack: file with a token, which is not renewed')
    .option('--region <name>', 'OpenStack: region to read, where there are several')
    .option('--interface <name>', 'OpenStack: public, internal or admin endpoints')
    .option('--own-projects', 'OpenStack: read what the account sees without a right to all')
    .option('--plain-http', 'OpenStack: allow endpoints without TLS');
