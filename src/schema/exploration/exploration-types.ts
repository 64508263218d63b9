import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Long } from '../scalars.js';

@ObjectType({ description: 'A node of the graph by its name; nodes(ids) gives the rest.' })
export class GraphNode {
  @Field(() => ID)
  declare id: string;

  @Field(() => String, { description: 'Its kind, for instance VirtualMachine.' })
  declare kind: string;

  @Field(() => String)
  declare name: string;
}

@ObjectType({ description: 'A relationship between two nodes.' })
export class GraphRelationship {
  @Field(() => ID, { description: 'Where the arrow begins.' })
  declare from: string;

  @Field(() => ID, { description: 'Where the arrow points.' })
  declare to: string;

  @Field(() => String, { description: 'For instance RUNS_ON.' })
  declare type: string;
}

@ObjectType({ description: 'What stands next to a node.' })
export class Neighbour {
  @Field(() => String, { description: 'Its cursor: pages go on after it.' })
  declare cursor: string;

  @Field(() => String, { description: 'Type of the relationship.' })
  declare relationship: string;

  @Field(() => Boolean, { description: 'The arrow points to the neighbour.' })
  declare outgoing: boolean;

  @Field(() => GraphNode)
  declare node: GraphNode;
}

@ObjectType({ description: 'A page of neighbours.' })
export class NeighbourPage {
  @Field(() => [Neighbour])
  declare neighbours: Neighbour[];

  @Field(() => Boolean)
  declare hasNextPage: boolean;

  @Field(() => String, { nullable: true })
  declare endCursor: string | null;
}

@ObjectType({ description: 'A way from one node to another.' })
export class GraphPath {
  @Field(() => [GraphNode], { description: 'From the first to the last.' })
  declare nodes: GraphNode[];

  @Field(() => [GraphRelationship], { description: 'Between each node and the next.' })
  declare relationships: GraphRelationship[];
}

@ObjectType({ description: 'What a bounded expansion did not take in.' })
export class LeftOut {
  @Field(() => Long, { description: 'Nodes next to the last ones taken in, beyond the limit.' })
  declare nodes: number;

  @Field(() => Boolean, { description: 'There are more relationships than were given.' })
  declare relationships: boolean;
}

@ObjectType({ description: 'A part of the graph around some nodes.' })
export class Subgraph {
  @Field(() => [GraphNode])
  declare nodes: GraphNode[];

  @Field(() => [GraphRelationship])
  declare relationships: GraphRelationship[];

  @Field(() => LeftOut, { nullable: true, description: 'Null where everything was taken in.' })
  declare leftOut: LeftOut | null;
}

@ObjectType({ description: 'A place in an inventory tree.' })
export class TreeNode extends GraphNode {
  @Field(() => String, { description: 'Its cursor: pages go on after it.' })
  declare cursor: string;

  @Field(() => Long, { description: 'How much it holds in this tree.' })
  declare children: number;
}

@ObjectType({ description: 'A page of what one place of a tree holds.' })
export class TreePage {
  @Field(() => [TreeNode])
  declare nodes: TreeNode[];

  @Field(() => Boolean)
  declare hasNextPage: boolean;

  @Field(() => String, { nullable: true })
  declare endCursor: string | null;
}

@ObjectType({ description: 'Something that the full-text index found.' })
export class TextMatch extends GraphNode {
  @Field(() => Float, { description: 'Higher is better; comparable within one answer.' })
  declare score: number;
}

export const Direction = { BOTH: 'both', IN: 'in', OUT: 'out' } as const;
export type Direction = (typeof Direction)[keyof typeof Direction];
registerEnumType(Direction, { name: 'Direction', description: 'Which way arrows are followed.' });

export const PathChoice = { SHORTEST: 'shortest', SIMPLE: 'simple' } as const;
export type PathChoice = (typeof PathChoice)[keyof typeof PathChoice];
registerEnumType(PathChoice, {
  name: 'PathChoice',
  description: 'All paths of the least length, or all that visit no node twice up to a length.',
});
