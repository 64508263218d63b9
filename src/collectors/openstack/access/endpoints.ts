import type { OpenstackConfiguration } from '../configuration.js';
import { OpenstackEndpointError } from '../errors.js';
import { services, type ServiceName } from './services.js';
import type { CatalogueEntry, Token } from './token.js';

type Choice = Pick<OpenstackConfiguration, 'region' | 'interface'>;

const regionOf = (endpoint: CatalogueEntry['endpoints'][number]): string =>
  endpoint.region_id ?? endpoint.region ?? '';

/** Regions that have a service of the catalogue, in the order of their names. */
export const regionsOf = (catalogue: readonly CatalogueEntry[], type: string): readonly string[] =>
  [
    ...new Set(
      catalogue
        .filter((entry) => entry.type === type)
        .flatMap((entry) => entry.endpoints.map(regionOf)),
    ),
  ].sort();

const withVersion = (url: string, version: string): string => {
  const bare = url.replace(/\/+$/u, '');
  return /\/v\d[\d.]*(?:\/|$)/u.test(new URL(bare).pathname) ? bare : `${bare}${version}`;
};

/** Services whose paths have to name the project, where the endpoint does not. */
const namesProject: ReadonlySet<ServiceName> = new Set(['orchestration', 'blockStorage']);

/** Whether the catalogue has the service at all, in whatever region. */
export const hasService = ({ catalogue }: Pick<Token, 'catalogue'>, name: ServiceName): boolean =>
  catalogue.some(({ type }) => services[name].types.includes(type));

/**
 * URL of a service for the chosen region and interface, with its version and without a slash at
 * the end.
 *
 * @throws OpenstackEndpointError where none fits, or several regions do and none was chosen.
 */
export function endpointOf(token: Token, name: ServiceName, choice: Choice): string {
  const { types, version } = services[name];
  const entry = types
    .map((type) => token.catalogue.find((one) => one.type === type))
    .find((one) => one !== undefined);
  if (entry === undefined) throw new OpenstackEndpointError(name, 'the catalogue has none at all');
  const offered = entry.endpoints.filter((one) => one.interface === choice.interface);
  const fitting =
    choice.region === undefined
      ? offered
      : offered.filter((one) => regionOf(one) === choice.region);
  const [first] = fitting;
  if (first === undefined) {
    const there = entry.endpoints.map((one) => `${one.interface} of ${regionOf(one)}`);
    const why = `wanted is ${choice.interface} of ${choice.region ?? 'any region'}, there are ${there.join(', ')}`;
    throw new OpenstackEndpointError(name, why);
  }
  if (new Set(fitting.map(regionOf)).size > 1) {
    const why = `no region was chosen, and there are ${fitting.map(regionOf).join(', ')}`;
    throw new OpenstackEndpointError(name, why);
  }
  if (!URL.canParse(first.url)) throw new OpenstackEndpointError(name, `${first.url} is no URL`);
  const url = withVersion(first.url, version);
  const lacksProject = namesProject.has(name) && /\/v\d[\d.]*$/u.test(url);
  return lacksProject && token.projectId !== undefined ? `${url}/${token.projectId}` : url;
}
