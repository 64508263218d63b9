/**
 * The same page out of the same database by @neo4j/graphql, behind the same kind of server as the
 * product: Apollo and express, a token to check. Prints its address when it listens.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import { Neo4jGraphQL } from '@neo4j/graphql';
import express from 'express';
import neo4j from 'neo4j-driver';

const typeDefs = /* GraphQL */ `
  type VirtualMachine @node {
    id: String!
    name: String!
    powerState: String
    cpuCount: Int
    memoryMB: Int
    guestName: String
    host: [Host!]! @relationship(type: "RUNS_ON", direction: OUT)
    disks: [Disk!]! @relationship(type: "HAS_DISK", direction: OUT)
    nics: [Nic!]! @relationship(type: "HAS_NIC", direction: OUT)
    concerns: [Concern!]! @relationship(type: "HAS_CONCERN", direction: OUT)
  }
  type Host @node {
    id: String!
    name: String!
    cluster: [Cluster!]! @relationship(type: "HAS_HOST", direction: IN)
  }
  type Cluster @node {
    id: String!
    name: String!
  }
  type Disk @node {
    id: String!
    name: String!
    capacityBytes: BigInt
    datastore: [Datastore!]! @relationship(type: "ON_DATASTORE", direction: OUT)
  }
  type Datastore @node {
    id: String!
    name: String!
  }
  type Nic @node {
    id: String!
    name: String!
    mac: String
    network: [Network!]! @relationship(type: "CONNECTED_TO", direction: OUT)
  }
  type Network @node {
    id: String!
    name: String!
  }
  type Concern @node {
    id: String!
    label: String
    category: String
  }
`;

const digest = (text) => createHash('sha256').update(text).digest();
const expected = digest(`Bearer ${process.env.BENCH_TOKEN}`);

const driver = neo4j.driver(
  process.env.NEO4J_URI,
  neo4j.auth.basic(process.env.NEO4J_USER, process.env.NEO4J_PASSWORD),
  { telemetryDisabled: true },
);
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const apollo = new ApolloServer({
  schema,
  stringifyResult: (answer) => JSON.stringify(answer),
  persistedQueries: false,
});
await apollo.start();

const app = express();
app.disable('x-powered-by');
app.use((request, response, next) => {
  if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) next();
  else response.status(401).end();
});
app.use('/graphql', express.json(), expressMiddleware(apollo));
const server = createServer(app);
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
process.on('SIGTERM', () => process.exit(0));
