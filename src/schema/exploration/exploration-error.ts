import { OpalError } from '../../errors/opal-error.js';

/** A question about the graph that cannot be answered as asked. */
export class ExplorationError extends OpalError {}

/** A number of an argument that is out of its bounds. */
export const outOfBounds = (argument: string, given: number, most: number): ExplorationError =>
  new ExplorationError({
    code: 'exploration.bounds',
    what: 'The question reaches too far',
    subject: argument,
    why: `it is ${given}`,
    remedy: `Give a number from 1 to ${most}`,
    retryable: false,
  });

/** @throws ExplorationError where the number is not from 1 to the bound. */
export const bounded = (argument: string, given: number, most: number): number => {
  if (given >= 1 && given <= most) return given;
  throw outOfBounds(argument, given, most);
};

/** @throws ExplorationError for an id of nothing. */
export const unknownNode = (id: string): ExplorationError =>
  new ExplorationError({
    code: 'exploration.node.unknown',
    what: 'There is no such node',
    subject: id,
    why: 'nothing in the graph has this id, or it was removed from its source',
    remedy: 'Take ids from a list or a search',
    retryable: false,
  });
