/** A GraphQL request as it goes over the wire. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const pageFields = `
  id name powerState cpuCount memoryMB guestName
  host { id name ... on Host { cluster { id name } } }
  disks(first: 250) { nodes { id name capacityBytes datastore { id name } } }
  nics { nodes { id name mac network { id name } } }
  concerns { nodes { id label category } }`;

const peerFields = `
  id name powerState cpuCount memoryMB guestName
  host { id name cluster { id name } }
  disks { id name capacityBytes datastore { id name } }
  nics { id name mac network { id name } }
  concerns { id label category }`;

/** What the filtered page filters by. */
export interface PageFilter {
  readonly concern: string;
  readonly powerState: string;
}

export const plainPage: GraphqlRequest = {
  query: `query { virtualMachines(first: 100) { nodes { ${pageFields} } } }`,
  variables: {},
};

export const filteredPage = ({ concern, powerState }: PageFilter): GraphqlRequest => ({
  query: `query ($where: VirtualMachineWhere) {
    virtualMachines(first: 100, where: $where) { nodes { ${pageFields} } }
  }`,
  variables: {
    where: { concerns: { some: { id: { eq: concern } } }, powerState: { eq: powerState } },
  },
});

/**
 * The page as @neo4j/graphql is asked for it: sorted it is the very same page; in no order it is
 * cheaper for it, since it walks no index for an order, and another page than ours.
 */
export const peerPlainPage = (sorted: boolean): GraphqlRequest => ({
  query: `query { virtualMachines(limit: 100${sorted ? ', sort: [{ id: ASC }]' : ''}) { ${peerFields} } }`,
  variables: {},
});

export const peerFilteredPage = (
  { concern, powerState }: PageFilter,
  sorted: boolean,
): GraphqlRequest => ({
  query: `query ($where: VirtualMachineWhere) {
    virtualMachines(limit: 100, where: $where${sorted ? ', sort: [{ id: ASC }]' : ''}) { ${peerFields} }
  }`,
  variables: {
    where: { concerns: { some: { id: { eq: concern } } }, powerState: { eq: powerState } },
  },
});

export const similarTo = (machine: string): GraphqlRequest => ({
  query: `query ($to: [ID!]!) {
    similarMachines(to: $to, limit: 20) {
      id name score
      shared { group value label weight machines }
      missing { group label } additional { group label }
    }
  }`,
  variables: { to: [machine] },
});

export const causesRanked: GraphqlRequest = {
  query: `query {
    rankedCauses(limit: 20) {
      heldMachines causeCount
      causes { id label remedy rule category place holds freesAlone frees freesCumulative }
    }
  }`,
  variables: {},
};
