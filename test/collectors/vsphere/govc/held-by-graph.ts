import { entityKinds, kindDefinition, type Graph } from '../../../../src/graph/index.js';
import { InventoryFacts } from './inventory-facts.js';

async function learnKind(graph: Graph, facts: InventoryFacts, source: string, kind: string) {
  const nodes = graph.streamCompiled({
    text: `MATCH (n:\`${kind}\` {source: $source}) RETURN n.externalId AS id, n.customAttributes AS attributes`,
    parameters: { source },
  });
  for await (const { id, attributes } of nodes) {
    facts.node(kind, String(id));
    if (!Array.isArray(attributes)) continue;
    for (const each of attributes) facts.value(kind, 'customAttributes', String(id), String(each));
  }
}

/** Everything live that the graph holds of a source: all kinds and relationships of the model. */
export async function heldByGraph(graph: Graph, source: string): Promise<InventoryFacts> {
  const facts = new InventoryFacts();
  for (const kind of entityKinds) {
    await learnKind(graph, facts, source, kind);
    for (const [field, edge] of Object.entries(kindDefinition(kind).edges)) {
      if ((edge.keeper ?? 'collector') !== 'collector') continue;
      const [left, right] = edge.direction === 'out' ? ['-', '->'] : ['<-', '-'];
      const rows = graph.streamCompiled({
        text: `MATCH (a:\`${kind}\` {source: $source})${left}[:\`${edge.type}\`]${right}(b:Entity)
               WHERE b.kind IN $ends RETURN a.externalId AS a, b.kind AS kind, b.externalId AS b`,
        parameters: { source, ends: edge.to },
      });
      for await (const { a, kind: end, b } of rows) {
        facts.edge(kind, field, String(a), String(end), String(b));
      }
    }
  }
  return facts;
}
