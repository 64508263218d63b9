import { OpalError, type ErrorFacts } from '../errors/opal-error.js';

/** A plan could not be made, changed or run as asked. */
export class PlanError extends OpalError {
  constructor(facts: Omit<ErrorFacts, 'retryable'>, options?: ErrorOptions) {
    super({ ...facts, retryable: false }, options);
  }
}

export const noSuchPlan = (id: string): PlanError =>
  new PlanError({
    code: 'plan.not-found',
    what: 'There is no such plan',
    subject: id,
    why: 'none has this id, or it was deleted',
    remedy: 'List the plans and take the id of one of them.',
  });

export const noSuchMachine = (plan: string, machine: string): PlanError =>
  new PlanError({
    code: 'plan.machine-not-found',
    what: 'The plan has no such machine',
    subject: machine,
    why: `it is not one of the machines of plan ${plan}`,
    remedy: 'List the machines of the plan; a new plan can hold others.',
  });

/** Somebody else changed the plan between the look at it and the change. */
export class PlanChanged extends OpalError {
  constructor(id: string) {
    super({
      code: 'plan.changed-meanwhile',
      what: 'The plan was not changed',
      subject: id,
      why: 'somebody else changed it at the same time',
      remedy: 'Look at the plan again, then repeat the change.',
      retryable: true,
    });
  }
}
